import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Journal } from '../../src/core/event/journal.ts';
import { aBatch } from './batches.ts';
import { aDecided, anEvent } from './journal.ts';

const START = Date.parse('2026-01-05T12:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1_000);

/** What a journal notes besides events and posts: when deliveries arrive, who is silent, and what people do about events. */
export function describeNoting(name: string, open: () => Promise<Journal>) {
  describe(`what a ${name} journal notes`, () => {
    let journal: Journal;
    before(async () => {
      journal = await open();
    });
    after(() => journal?.close());

    const keep = async (endpointId: string, seconds: number, parts: Parameters<typeof anEvent>[0] = {}) => {
      const event = await journal.events.keep(
        anEvent({ endpointId, receivedAt: at(seconds), deliveryId: crypto.randomUUID(), ...parts }),
      );
      assert.ok(event);
      return event;
    };

    it('are arrivals by the minute, of one endpoint, with a delivery of several events as one, and neither handshakes nor what people sent', async () => {
      for (const seconds of [0, 10, 59, 60, 3_600]) await keep('one', seconds);
      await keep('one', 120, { type: 'handshake' });
      await keep('one', 121, { verification: { covers: [], edited: { of: '1', by: 'Ann' } } });
      await keep('other', 5);
      await journal.events.keepBatch(
        aBatch([{ id: 1 }, { id: 2 }, { id: 3 }], { endpointId: 'one', receivedAt: at(180) }),
      );
      const arrivals = await journal.events.arrivals('one', { since: at(0), until: at(3_600) });
      assert.deepEqual(
        arrivals.map(({ from, to, count }) => [(from - START) / 1_000, (to - START) / 1_000, count]),
        [
          [0, 59, 3],
          [60, 60, 1],
          [180, 180, 1],
        ],
      );
      assert.equal((await journal.events.arrivals('one', { since: at(0), until: at(90_000) })).length, 4);
    });

    it('is a silence, in one commit with its notice, until it is over', async () => {
      const since = at(100);
      await journal.posts.owe([], { silence: { endpointId: 'one', since } });
      await journal.posts.owe([], { silence: { endpointId: 'two', since } });
      await journal.posts.owe([], { silence: { endpointId: 'two', over: true } });
      assert.deepEqual(await journal.silences.list(), [{ endpointId: 'one', since }]);
    });

    it('is what people do about an event: each person’s use once, and their last vote; and it goes with the event', async () => {
      const [event, other] = [await keep('three', 0), await keep('three', 1)];
      const add = (by: string, kind: 'use' | 'up' | 'down') =>
        journal.responses.add({ eventId: event.id, by, kind }, at(10));
      await add('local:ann', 'use');
      await add('local:ann', 'use');
      await add('local:ann', 'down');
      await add('local:ann', 'up');
      await add('local:bob', 'down');
      const found = await journal.responses.of([event.id, other.id, 'no id']);
      assert.deepEqual([...found], [[event.id, { used: 1, up: 1, down: 1 }]]);
      await journal.posts.decide([aDecided(event.id, { posts: [] })]);
      await journal.prune({ before: at(90_000) });
      assert.deepEqual([...(await journal.responses.of([event.id]))], []);
    });
  });
}
