import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { EventQuery } from '../../src/core/event/event.ts';
import { searchWords } from '../../src/core/text/search-words.ts';
import { createJournal } from '../../src/stores/journal/create-journal.ts';
import { migrate } from '../../src/stores/journal/migrate.ts';
import { openDatabase } from '../../src/stores/journal/sqlite/database.ts';
import { migrations } from '../../src/stores/journal/sqlite/migrations.ts';
import { aDecided, anEvent } from '../contracts/journal.ts';

const clock = { now: () => new Date() };
/** How far apart the numbers of some events are: a journal that comes from a backup leaves many out. */
const GAPS = [0, 3_999, 1, 20_000, 100_000, 2];

describe('a search that reads two indexes, a span of numbers at a time', () => {
  const queries: readonly (readonly [Partial<EventQuery>, readonly number[]])[] = [
    [{ body: 'door' }, [5, 4, 3, 2, 1, 0]],
    [{ body: 'door', state: 'failed' }, [3, 0]],
    [{ body: 'door', q: 'even' }, [4, 2, 0]],
    [{ body: 'door', q: 'even', state: 'failed' }, [0]],
    [{ body: 'door', type: 'odd', endpointId: 'one' }, [5, 3, 1]],
    [{ body: 'door', severity: 'critical' }, [0]],
    [{ body: 'door', source: 'acme/api' }, [5, 4, 3, 2, 1, 0]],
    [{ body: 'door', source: 'acme/web' }, []],
    [{ q: 'even', state: 'failed' }, [0]],
    [{ q: 'even', endpointId: 'one' }, [4, 2, 0]],
    [{ q: 'even', endpointId: 'two' }, []],
    [{ q: 'nothing', state: 'failed' }, []],
  ];
  for (const [query, places] of queries)
    it(`finds all there is, page by page: ${JSON.stringify(query)}`, async (t) => {
      const { journal, ids } = await aSparseJournal(t);
      const found: string[] = [];
      for (let before: string | undefined; ; before = found.at(-1)) {
        const page = await journal.events.list({ ...query, limit: 2, ...(before !== undefined && { before }) });
        found.push(...page.map(({ id }) => id));
        if (page.length < 2) break;
      }
      assert.deepEqual(
        found,
        places.map((place) => ids[place]),
      );
    });

  it('finds nothing in a journal that holds nothing', async (t) => {
    const { journal } = await aSparseJournal(t, []);
    assert.deepEqual(await journal.events.list({ body: 'door', state: 'failed', limit: 5 }), []);
  });
});

async function aSparseJournal(t: TestContext, gaps = GAPS) {
  const database = await openDatabase({ path: ':memory:' });
  t.after(() => database.close());
  await migrate({ database, migrations, path: ':memory:', now: new Date() });
  const journal = createJournal({ database, clock });
  const ids: string[] = [];
  for (const [place, gap] of gaps.entries()) {
    await database.write([
      { sql: "update sqlite_sequence set seq = seq + ? where name = 'events'", parameters: [gap] },
    ]);
    const parity = place % 2 === 0 ? 'even' : 'odd';
    const event = await journal.events.keep(anEvent({ endpointId: 'one', type: parity, body: Buffer.from('a door') }));
    assert.ok(event);
    const about = {
      title: `An ${parity} one`,
      source: 'acme/api',
      ...(place === 0 && { severity: 'critical' as const }),
    };
    const decided = { ...aDecided(event.id, { posts: [] }), about };
    await journal.posts.decide([place % 3 === 0 ? { ...decided, setAside: true } : decided]);
    ids.push(event.id);
    await journal.bodies.add([{ eventId: event.id, endpointId: 'one', words: searchWords('a door') }]);
  }
  return { journal, ids };
}
