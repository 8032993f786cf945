import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { NewEvent } from '../../src/core/event/event.ts';
import type { Journal } from '../../src/core/event/journal.ts';
import { createRelay } from '../../src/relay/create-relay.ts';
import { openHere } from '../doubles/journal-worker.ts';
import { aDelivery, aRelayParts, endpoint } from '../doubles/relay-parts.ts';

const MEGABYTE = 1024 * 1024;

it('reads what an earlier run left undecided in pages bounded in bytes, and commits large events alone', async (t) => {
  const opened = await openHere();
  const sizes = [5, 5, 0.001, 0.001, 0.4, 0.4, 0.4];
  for (const [index, size] of sizes.entries()) await opened.events.keep(anEvent(index, size * MEGABYTE));
  const pages: number[] = [];
  const batches: number[] = [];
  const journal: Journal = {
    ...opened,
    events: {
      ...opened.events,
      undecided(query) {
        pages.push(query.maxBytes ?? Number.POSITIVE_INFINITY);
        return opened.events.undecided(query);
      },
    },
    posts: {
      ...opened.posts,
      decide(decided) {
        batches.push(decided.length);
        return opened.posts.decide(decided);
      },
    },
  };
  const { parts, chat } = await aRelayParts({ journal });
  const relay = createRelay(parts);
  t.after(async () => {
    await relay.stop();
    await opened.close();
  });
  await relay.start();
  await relay.decider.idle();
  await relay.lanes.idle();
  assert.ok(pages.every((bytes) => bytes <= 16 * MEGABYTE));
  assert.deepEqual(batches, [1, 1, 4, 1]);
  assert.deepEqual(
    chat.titles('ops'),
    sizes.map((_, index) => `octocat pushed to main: change ${index}`),
  );
});

it('takes the endpoints in turn, each in the order of its events', async (t) => {
  const opened = await openHere();
  for (let index = 0; index < 40; index++) await opened.events.keep(anEvent(index, 0));
  await opened.events.keep({ ...anEvent(40, 0), endpointId: 'another' });
  const taken: string[] = [];
  const decide: Journal['posts']['decide'] = (decided) => {
    taken.push(...decided.map(({ eventId }) => eventId));
    return opened.posts.decide(decided);
  };
  const { parts } = await aRelayParts({ journal: { ...opened, posts: { ...opened.posts, decide } } });
  const relay = createRelay(parts);
  t.after(async () => {
    await relay.stop();
    await opened.close();
  });
  await relay.start();
  await relay.decider.idle();
  assert.ok(taken.indexOf('41') < 8, taken.slice(0, 10).join());
  const others = taken.filter((id) => id !== '41').map(Number);
  assert.deepEqual(
    others,
    others.toSorted((a, b) => a - b),
  );
});

/** A push whose body is this large. */
function anEvent(index: number, bytes: number): NewEvent {
  const { body, method, query, receivedAt, remoteAddress } = aDelivery({ message: `change ${index}` });
  const padding = Buffer.alloc(Math.max(0, bytes - body.length), ' ');
  return {
    endpointId: endpoint.id,
    provider: endpoint.provider,
    type: 'push',
    deliveryId: String(index),
    repeatWindow: 60,
    verification: { secretId: 's1' },
    method,
    headers: { 'content-type': 'application/json' },
    query,
    body: Buffer.concat([body, padding]),
    receivedAt,
    remoteAddress,
  };
}
