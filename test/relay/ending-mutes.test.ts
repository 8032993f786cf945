import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Journal } from '../../src/core/event/journal.ts';
import type { Mute } from '../../src/core/settings/mute.ts';
import type { Settings } from '../../src/core/settings/settings.ts';
import { createRelay } from '../../src/relay/create-relay.ts';
import { aChat, faults } from '../doubles/chat.ts';
import { openHere } from '../doubles/journal-worker.ts';
import { aDelivery, aRelayParts, endpoint } from '../doubles/relay-parts.ts';
import { aPush, aWorld } from '../world.ts';

const HOUR = 3_600_000;
const PAST = '2026-01-05T12:00:00.000Z';

describe('a mute whose time has come', () => {
  it('stays when it is extended while the digests of others are written', async (t) => {
    const { relay, settings, journal, chat, deliver } = await aRelay(t, {
      mutes: [aMute('first', { source: 'acme/one' }), aMute('last', { source: 'acme/two' })],
    });
    await deliver('acme/one', 'acme/two');
    await expire(settings);
    const until = new Date(Date.now() + 2 * HOUR).toISOString();
    const { owe } = journal.posts;
    Object.assign(journal.posts, {
      async owe(...posts: Parameters<typeof owe>) {
        await settings.update((now) => ({
          ...now,
          mutes: now.mutes.map((mute) => (mute.id === 'last' ? { ...mute, until } : mute)),
        }));
        return owe(...posts);
      },
    });
    await relay.endMutes();
    await relay.lanes.idle();
    assert.deepEqual(chat.titles('ops'), ['Mute ended: 1 event held (api)']);
    assert.deepEqual(
      settings.current.mutes.map(({ id, until }) => [id, until]),
      [['last', until]],
    );
    await deliver('acme/two');
    assert.equal((await journal.events.list({ limit: 1 }))[0]?.state, 'held');
  });

  it('is ended once, and its digest comes later, when the journal fails meanwhile', async (t) => {
    const { relay, settings, journal, chat, deliver } = await aRelay(t, { mutes: [aMute('night')] });
    await deliver('acme/api');
    await expire(settings);
    const { owe } = journal.posts;
    Object.assign(journal.posts, { owe: () => Promise.reject(new Error('the disk is full')) });
    await relay.endMutes();
    assert.deepEqual([settings.current.mutes, chat.posted], [[], []]);
    Object.assign(journal.posts, { owe });
    await relay.digestRemovedMutes();
    await relay.digestRemovedMutes();
    await relay.lanes.idle();
    assert.deepEqual(chat.titles('ops'), ['Mute ended: 1 event held (api)']);
  });

  it('counts what was held since its last digest, should it come back from a backup', async (t) => {
    const { relay, settings, chat, deliver } = await aRelay(t, { mutes: [aMute('night')] });
    await deliver('acme/api', 'acme/api');
    await relay.endMute('night');
    await settings.update((now) => ({ ...now, mutes: [aMute('night')] }));
    await deliver('acme/api');
    await relay.endMute('night');
    await relay.lanes.idle();
    assert.deepEqual(chat.titles('ops'), ['Mute ended: 2 events held (api)', 'Mute ended: 1 event held (api)']);
  });

  it('reads no body of what it held', async (t) => {
    const { relay, journal, chat, deliver } = await aRelay(t, { mutes: [aMute('night')] });
    await deliver('acme/api', 'acme/web');
    Object.assign(journal.events, { get: () => assert.fail('a body is read') });
    await relay.endMute('night');
    await relay.lanes.idle();
    assert.match(chat.posted[0]?.message.fields[1]?.value ?? '', /1 × acme\/api\n1 × acme\/web/);
  });
});

describe('what a mute held', () => {
  it('becomes due again a little at a time, oldest first, so that deliveries get in between', async (t) => {
    const { relay, journal, chat } = await aRelay(t, { mutes: [] });
    const held = { platform: 'chat', channel: 'ops', channelName: 'ops', state: 'held', muteId: 'night' } as const;
    const owed = await journal.posts.owe(Array.from({ length: 450 }, () => held));
    const ids = owed.map(({ id }) => id);
    const portions: (readonly string[])[] = [];
    const { retry } = journal.posts;
    Object.assign(journal.posts, {
      retry: (portion: readonly string[]) => {
        portions.push(portion);
        return retry(portion);
      },
    });
    chat.fail(faults.archived());
    assert.equal(await relay.retry(ids.toReversed()), 450);
    assert.deepEqual(portions.flat(), ids);
    assert.ok(portions.every(({ length }) => length <= 200));
  });
});

describe('what a mute holds gets its digest', () => {
  const removals: Readonly<Record<string, (now: Settings) => Settings>> = {
    'when the mute is edited away': (now) => ({ ...now, mutes: [] }),
    'when the endpoint is deleted with its mutes': (now) => ({ ...now, mutes: [], endpoints: [] }),
    'when its channel is no longer routed to': (now) => ({
      ...now,
      endpoints: now.endpoints.map((each) => ({ ...each, routes: [] })),
      mutes: now.mutes.map((mute) => ({ ...mute, until: PAST })),
    }),
  };
  for (const [when, remove] of Object.entries(removals))
    it(when, async (t) => {
      const { relay, settings, journal, chat, deliver } = await aRelay(t, { mutes: [aMute('night')] });
      await deliver('acme/api', 'acme/api');
      await settings.update(remove);
      await relay.endMutes();
      await relay.digestRemovedMutes();
      await relay.lanes.idle();
      const name = settings.current.endpoints.length > 0 ? ' (api)' : '';
      assert.deepEqual(chat.titles('ops'), [`Mute ended: 2 events held${name}`]);
      assert.deepEqual(await journal.posts.holding(), []);
      const held = await journal.posts.list({ muteId: 'night', state: 'held', limit: 5 });
      await relay.retry(held.map(({ id }) => id));
      await relay.lanes.idle();
      assert.equal(chat.titles('ops').length, 3);
    });

  it('when its channel is gone: the digest is among what failed, and the page says that the channel takes nothing', async (t) => {
    const { relay, journal, chat, deliver } = await aRelay(t, { mutes: [aMute('night')] });
    await deliver('acme/api');
    chat.fail(faults.archived());
    await relay.endMute('night');
    await relay.lanes.idle();
    const [notice, digest] = await journal.posts.list({ limit: 2 });
    assert.deepEqual([digest?.state, digest?.message?.title?.text], ['failed', 'Mute ended: 1 event held (api)']);
    assert.deepEqual([notice?.platform, notice?.message?.title?.text], ['local', 'Chat #ops takes no messages']);
  });

  it('by the clock, a few seconds after the endpoint was deleted', async () => {
    await using world = await aWorld();
    const muted = await world.endpoint('github', 'in #ops');
    await world.type('/webhook mute github source=acme/api for 2h');
    await world.deliver(muted, aPush());
    await world.settled();
    await world.type('/webhook delete github confirm');
    while (!(await world.messages()).some(({ message }) => message.title?.text === 'Mute ended: 1 event held'))
      await new Promise((resolve) => setTimeout(resolve, 50));
  });
});

function aMute(id: string, match: Mute['match'] = {}): Mute {
  const until = new Date(Date.now() + HOUR).toISOString();
  return { id, endpointId: endpoint.id, match, until, by: 'Ann', createdAt: PAST };
}

async function expire(settings: { update(change: (now: Settings) => Settings): Promise<Settings> }): Promise<void> {
  await settings.update((now) => ({ ...now, mutes: now.mutes.map((mute) => ({ ...mute, until: PAST })) }));
}

async function aRelay(t: TestContext, { mutes }: { readonly mutes: readonly Mute[] }) {
  const opened = await openHere();
  const journal: Journal = { ...opened, posts: { ...opened.posts }, events: { ...opened.events } };
  const { parts, chat } = await aRelayParts({ journal, chat: aChat(), settings: { mutes } });
  const relay = createRelay(parts);
  await relay.start();
  t.after(async () => {
    await relay.stop();
    await opened.close();
  });
  return {
    relay,
    chat,
    journal,
    settings: parts.settings,
    /** Delivers a push to each of these repositories. */
    async deliver(...repositories: readonly string[]): Promise<void> {
      for (const repository of repositories) await relay.receiver.receive(endpoint.token, aDelivery({ repository }));
      await relay.decider.idle();
      await relay.lanes.idle();
    },
  };
}
