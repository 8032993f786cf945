import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { Kysely, sql } from 'kysely';
import type { EventQuery } from '../../src/core/event/event.ts';
import { createJournal } from '../../src/stores/journal/create-journal.ts';
import type { Database } from '../../src/stores/journal/database.ts';
import { createDialect } from '../../src/stores/journal/dialect.ts';
import { migrate } from '../../src/stores/journal/migrate.ts';
import { openDatabase } from '../../src/stores/journal/sqlite/database.ts';
import { language } from '../../src/stores/journal/sqlite/language.ts';
import { migrations } from '../../src/stores/journal/sqlite/migrations.ts';
import type { Row } from '../../src/stores/journal/statement.ts';
import type { Tables } from '../../src/stores/journal/tables.ts';
import { aDecided, anEvent } from '../contracts/journal.ts';

const clock = { now: () => new Date() };

describe('a look at the journal', () => {
  const queries: readonly Partial<EventQuery>[] = [{}, { endpointId: 'alerts' }, { type: 'push' }, { q: 'something' }];
  for (const query of queries)
    it(`shows each event once, though events are decided meanwhile: ${JSON.stringify(query)}`, async (t) => {
      const { journal, database } = await aJournal(t);
      const ids = (await keepEvents(journal, 6)).toReversed();
      if (query.q) await journal.posts.decide(ids.map((id) => aDecided(id)));
      const undecided = [...ids];
      const interrupted = createJournal({
        clock,
        database: interruptReads(database, async () => {
          const id = undecided.pop();
          if (id) await journal.posts.decide([aDecided(id)]);
        }),
      });
      for (let look = 0; look < ids.length; look++) {
        const page = await interrupted.events.list({ ...query, limit: 10 });
        assert.deepEqual(
          page.map(({ id }) => id),
          ids,
        );
      }
    });

  it('shows an event and its posts as they stood at one moment', async (t) => {
    const { journal, database } = await aJournal(t);
    const [id] = (await keepEvents(journal, 1)) as [string];
    const interrupted = createJournal({
      clock,
      database: interruptReads(database, async () => void (await journal.posts.decide([aDecided(id)]))),
    });
    const before = await interrupted.events.getWithPosts(id, 10);
    const after = await interrupted.events.getWithPosts(id, 10);
    assert.deepEqual([before?.event.state, before?.posts.length], ['received', 0]);
    assert.deepEqual([after?.event.state, after?.posts.length], ['queued', 1]);
  });

  it('sees one state of the file, however long it takes and whatever is written meanwhile', async (t) => {
    const { journal, database } = await aJournal(t);
    await keepEvents(journal, 1);
    const count = database.queries.selectFrom('events').select(sql<number>`count(*)`.as('events'));
    let done = false;
    const look = database.read([count, aLongQuery(database), count]).finally(() => {
      done = true;
    });
    while (!done) await keepEvents(journal, 1);
    const [before, , after] = await look;
    assert.deepEqual(before, after);
    assert.ok((await journal.events.list({ limit: 500 })).length > Number(before[0]?.events));
  });

  it('keeps no commit waiting', async (t) => {
    const { journal, database } = await aJournal(t);
    const order: string[] = [];
    const look = database.read([aLongQuery(database)]).then(() => order.push('look'));
    await keepEvents(journal, 1);
    order.push('commit');
    await look;
    assert.deepEqual(order, ['commit', 'look']);
  });

  it('sees what was committed before it began', async (t) => {
    const { journal } = await aJournal(t);
    for (let count = 1; count <= 50; count++) {
      const [id] = (await keepEvents(journal, 1)) as [string];
      assert.equal((await journal.events.list({ limit: 1 }))[0]?.id, id);
    }
  });
});

async function aJournal(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'bellhop-'));
  const path = join(folder, 'journal.db');
  const database = await openDatabase({ path });
  t.after(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await migrate({ database, migrations, path, now: clock.now() });
  return { database, journal: createJournal({ database, clock }) };
}

async function keepEvents(journal: ReturnType<typeof createJournal>, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let kept = 0; kept < count; kept++) ids.push((await journal.events.keep(anEvent()))?.id as string);
  return ids;
}

/** A database in which something is written after whatever is asked of it. */
function interruptReads(database: Database, write: () => Promise<void>): Database {
  const read: Database['read'] = async (queries, options) => {
    const rows = await database.read(queries, options);
    await write();
    return rows;
  };
  const dialect = createDialect(async ({ sql: text, parameters }) => {
    const [rows] = await read([{ compile: () => ({ ...sql``.compile(database.queries), sql: text, parameters }) }]);
    return rows as readonly Row[];
  }, language);
  return { ...database, read, queries: new Kysely<Tables>({ dialect }) };
}

function aLongQuery({ queries }: Database) {
  const numbers = sql`with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 3000000)
    select count(*) as numbers from numbers`;
  return { compile: () => numbers.compile(queries) };
}
