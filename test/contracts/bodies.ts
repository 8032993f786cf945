import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { EventQuery, NewEvent } from '../../src/core/event/event.ts';
import type { Journal } from '../../src/core/event/journal.ts';
import { searchWords } from '../../src/core/text/search-words.ts';
import { anyCharacter } from '../any-text.ts';
import { runs } from '../runs.ts';
import { aBatch } from './batches.ts';
import { aDecided, anEvent } from './journal.ts';

const ALL = { limit: 1_000, maxBytes: Number.MAX_SAFE_INTEGER, older: true };

/** What every journal promises about search in bodies. */
export function describeBodies(name: string, open: () => Promise<Journal>) {
  describe(`search in bodies in the ${name} journal`, () => {
    let journal: Journal;
    before(async () => {
      journal = await open();
    });
    after(() => journal.close());

    /** Keeps an event with such a body, and decides it. */
    async function keep(text: string, parts: Partial<NewEvent> = {}) {
      const event = await journal.events.keep(anEvent({ body: Buffer.from(text), ...parts }));
      assert.ok(event);
      await journal.posts.decide([aDecided(event.id, { posts: [] })]);
      return event;
    }
    /** Has all that is kept be searched. */
    async function searchAll() {
      for (;;) {
        const events = await journal.bodies.next(ALL);
        if (events.length === 0) return;
        await journal.bodies.add(
          events.map(({ id, endpointId, body }) => ({
            eventId: id,
            endpointId,
            words: [...new Set(searchWords(body.toString()))],
          })),
        );
      }
    }
    const found = async (body: string, query: Partial<EventQuery> = {}) =>
      (await journal.events.list({ limit: 50, body, ...query })).map(({ id }) => id);

    it('finds events by all words of their bodies, the newest first', async () => {
      const one = await keep('{"order": "A-17", "note": "blue door"}');
      const other = await keep('{"order": "A-18", "note": "blue window"}');
      assert.deepEqual(await found('blue'), []);
      await searchAll();
      assert.deepEqual(await found('blue'), [other.id, one.id]);
      assert.deepEqual(await found('BLUE door'), [one.id]);
      assert.deepEqual(await found('a-18'), [other.id]);
      assert.deepEqual(await found('doo'), []);
      assert.deepEqual(await found('doo*'), [one.id]);
      assert.deepEqual(await found('blue', { before: other.id }), [one.id]);
      assert.deepEqual(await found('blue', { limit: 1 }), [other.id]);
    });

    it('narrows what it finds like every list', async () => {
      const here = await keep('{"narrow": 1}', { endpointId: 'here 1', type: 'a' });
      const there = await keep('{"narrow": 2}', { endpointId: 'there-2', type: 'b' });
      await searchAll();
      assert.deepEqual(await found('narrow', { endpointId: 'here 1' }), [here.id]);
      assert.deepEqual(await found('narrow', { endpointIds: ['there-2', 'nowhere'] }), [there.id]);
      assert.deepEqual(await found('narrow', { endpointIds: [] }), []);
      assert.deepEqual(await found('narrow', { type: 'b' }), [there.id]);
      assert.deepEqual(await found('narrow', { state: 'failed' }), []);
      assert.deepEqual(await found('narrow', { state: 'received' }), []);
      assert.deepEqual(await found('narrow', { q: 'happened b' }), [there.id]);
      assert.deepEqual(await found('narrow', { q: '!' }), []);
    });

    it('takes whatever is asked for as words', async () => {
      await keep('{"hostile": "words"}');
      await searchAll();
      assert.deepEqual(await found('…'), []);
      assert.deepEqual(await found(''), []);
      const text = fc.string({ unit: anyCharacter, maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(text, async (typed) => {
          await found(typed);
          await found(`${typed}*`);
        }),
        { numRuns: runs(100) },
      );
    });

    it('finds any text by each word of it', async () => {
      const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
      await fc.assert(
        fc.asyncProperty(text, async (said) => {
          const { id } = await keep(said);
          await searchAll();
          for (const word of searchWords(said)) assert.ok((await found(word)).includes(id), word);
        }),
        { numRuns: runs(30) },
      );
    });

    it('gives each event of a delivery its own words', async () => {
      const kept = await journal.events.keepBatch(aBatch([{ word: 'firstborn' }, { word: 'secondborn' }]));
      await journal.posts.decide(kept.map(({ id }) => aDecided(id, { posts: [] })));
      await searchAll();
      assert.deepEqual(await found('secondborn'), [kept[1]?.id]);
    });

    it('takes what is newer before what is older, and no gap in between', async () => {
      const fresh = await open();
      const ids: string[] = [];
      for (let index = 0; index < 5; index++) ids.push((await fresh.events.keep(anEvent()))?.id ?? '');
      const next = async (query: Partial<typeof ALL> = {}) =>
        (await fresh.bodies.next({ ...ALL, limit: 2, ...query })).map(({ id }) => id);
      const add = (eventIds: readonly string[]) =>
        fresh.bodies.add(eventIds.map((eventId) => ({ eventId, endpointId: 'alerts', words: ['word'] })));
      assert.deepEqual(await fresh.bodies.coverage(), { isOlderLeft: true, isNewerLeft: false });
      assert.deepEqual(await next({ older: false }), []);
      assert.deepEqual(await next(), [ids[4], ids[3]]);
      await add([ids[4] ?? '', ids[3] ?? '']);
      const newest = (await fresh.events.keep(anEvent()))?.id;
      const { from, ...rest } = await fresh.bodies.coverage();
      assert.deepEqual([from?.eventId, rest], [ids[3], { isOlderLeft: true, isNewerLeft: true }]);
      assert.deepEqual(await next(), [newest]);
      assert.deepEqual(await next({ older: false }), [newest]);
      await add([newest ?? '']);
      assert.deepEqual(await next(), [ids[2], ids[1]]);
      assert.deepEqual(await next({ maxBytes: 1 }), [ids[2]]);
      await fresh.close();
    });

    it('counts its bytes, and forgets the oldest first', async () => {
      const fresh = await open();
      const ids: string[] = [];
      for (let index = 0; index < 3; index++) ids.push((await fresh.events.keep(anEvent()))?.id ?? '');
      await fresh.posts.decide(ids.map((id) => aDecided(id, { posts: [] })));
      const bodies = ids.map((eventId) => ({ eventId, endpointId: 'alerts', words: ['four', 'words'] }));
      await fresh.bodies.add(bodies);
      await fresh.bodies.add(bodies);
      const size = await fresh.bodies.size();
      assert.ok(size >= 27 && size <= 60, String(size));
      assert.deepEqual(await fresh.bodies.forgetOldest(2), { events: 2, bytes: (size / 3) * 2 });
      const left = await fresh.events.list({ limit: 5, body: 'words' });
      assert.deepEqual(
        left.map(({ id }) => id),
        [ids[2]],
      );
      assert.deepEqual((await fresh.bodies.coverage()).isOlderLeft, true);
      await fresh.close();
    });

    it('forgets a body with its event, and adds none of an event that is gone', async () => {
      const fresh = await open();
      const { id = '' } = (await fresh.events.keep(anEvent())) ?? {};
      await fresh.posts.decide([aDecided(id, { posts: [] })]);
      const body = { eventId: id, endpointId: 'alerts', words: ['gone'] };
      await fresh.bodies.add([body]);
      await fresh.prune({ before: new Date('2999-01-01') });
      assert.equal(await fresh.bodies.size(), 0);
      await fresh.bodies.add([body]);
      assert.equal(await fresh.bodies.size(), 0);
      assert.deepEqual(await fresh.bodies.coverage(), { isOlderLeft: false, isNewerLeft: false });
      await fresh.close();
    });
  });
}
