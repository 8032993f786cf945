import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it, type TestContext } from 'node:test';
import { type EventQuery, eventStates } from '../../src/core/event/event.ts';
import { createJournal } from '../../src/stores/journal/create-journal.ts';
import { pageQueries } from '../../src/stores/journal/event-page.ts';
import { migrate } from '../../src/stores/journal/migrate.ts';
import { openJournal as openPostgres } from '../../src/stores/journal/postgres/open-journal.ts';
import { openDatabase } from '../../src/stores/journal/sqlite/database.ts';
import { migrations } from '../../src/stores/journal/sqlite/migrations.ts';
import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { aBatch, describeBatches } from '../contracts/batches.ts';
import { aDecided, anEvent, describeJournal } from '../contracts/journal.ts';
import { openHere } from '../doubles/journal-worker.ts';
import { aDatabase } from '../doubles/postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'bellhop-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describeJournal('sqlite', openHere);
describeJournal('postgres', async () => openPostgres({ url: await aDatabase() }));
// On disk one thread writes and another reads.
describeJournal('sqlite file', () => openJournal({ path: join(folder, `${randomUUID()}.db`) }));

describeBatches('sqlite', openHere);
describeBatches('postgres', async () => openPostgres({ url: await aDatabase() }));
describeBatches('sqlite file', () => openJournal({ path: join(folder, `${randomUUID()}.db`) }));

describe('the journal on disk', () => {
  it('holds a delivery of several events once, and no longer than them', async (t) => {
    const path = join(aFolder(t), 'journal.db');
    const journal = await aJournal(t, path);
    const items = Array.from({ length: 50 }, () => ({ text: randomBytes(2_000).toString('base64') }));
    const batch = aBatch(items);
    const kept = await journal.events.keepBatch(batch);
    await journal.events.keepBatch({ ...batch, deliveryId: 'the same events again' });
    const database = new DatabaseSync(path);
    t.after(() => database.close());
    const count = () => database.prepare('select count(*) as count from batches').get()?.count;
    const { bytes } = database.prepare('select sum(octet_length(body)) as bytes from events').get() ?? {};
    assert.deepEqual([count(), Number(bytes) < 1_000], [1, true]);
    await journal.posts.decide(kept.map(({ id }) => aDecided(id, { posts: [] })));
    await journal.prune({ before: new Date('2999-01-01') });
    assert.equal(count(), 0);
  });

  it('is there again after it was closed', async (t) => {
    const path = join(aFolder(t), 'journal.db');
    const first = await openJournal({ path });
    const event = await first.events.keep(anEvent());
    await first.close();
    const second = await aJournal(t, path);
    assert.deepEqual((await second.events.get(event?.id ?? ''))?.deliveryId, event?.deliveryId);
  });

  it('is for nobody else to read', async (t) => {
    const path = join(aFolder(t), 'journal.db');
    const journal = await aJournal(t, path);
    await journal.events.keep(anEvent());
    const modes = [path, `${path}-wal`, `${path}-shm`].map((file) => statSync(file).mode & 0o777);
    assert.deepEqual(modes, [0o600, 0o600, 0o600]);
  });

  it('finishes what was asked before it closes', async (t) => {
    const path = join(aFolder(t), 'journal.db');
    const first = await openJournal({ path });
    const kept = Promise.all(Array.from({ length: 50 }, () => first.events.keep(anEvent())));
    await first.close();
    assert.equal((await kept).filter(Boolean).length, 50);
    assert.equal((await (await aJournal(t, path)).events.list({ limit: 100 })).length, 50);
  });

  it('never loses what it acknowledged, whenever its process is killed', async (t) => {
    const path = join(aFolder(t), 'journal.db');
    const told = await killAfter(path, 100 + Math.floor(Math.random() * 400));
    const journal = await aJournal(t, path);
    const lost = [];
    for (const [what, id] of told) {
      const found = what === 'kept' ? await journal.events.get(id) : await journal.posts.get(id);
      if (!found) lost.push(`${what} ${id}`);
    }
    assert.deepEqual(lost, []);
  });

  it('commits what arrives together together', async (t) => {
    const path = join(aFolder(t), 'journal.db');
    const journal = await aJournal(t, path);
    await journal.ping();
    const before = statSync(`${path}-wal`).size;
    await Promise.all(Array.from({ length: 200 }, () => journal.events.keep(anEvent())));
    // Alone, each commit writes at least four pages of 4 KB.
    assert.ok(statSync(`${path}-wal`).size - before < 200 * 4 * 4096);
  });

  it('gives back the space of what it removed', async (t) => {
    const path = join(aFolder(t), 'journal.db');
    const first = await openJournal({ path });
    const kept = await Promise.all(Array.from({ length: 20 }, () => keepLarge(first)));
    await first.posts.decide(kept.map((event) => aDecided(event?.id ?? '', { posts: [] })));
    await first.prune({ before: new Date('2999-01-01') });
    await first.close();
    assert.ok(statSync(path).size < 400_000);
  });

  it('refuses a file that is no journal', async (t) => {
    const path = join(aFolder(t), 'journal.db');
    writeFileSync(
      path,
      'This is a text, and a rather long one, so that nobody takes it for a database header.'.repeat(20),
    );
    await assert.rejects(openJournal({ path }), { status: 503, code: 'journal_damaged' });
  });

  it('refuses a journal that a newer Bellhop wrote', async (t) => {
    const path = join(aFolder(t), 'journal.db');
    await (await openJournal({ path })).close();
    const database = new DatabaseSync(path);
    database.exec("insert into migrations values (999, 'later', 0)");
    database.close();
    await assert.rejects(openJournal({ path }), { code: 'journal_newer' });
  });

  it('says which file it cannot open', async (t) => {
    const path = join(aFolder(t), 'absent', 'journal.db');
    await assert.rejects(openJournal({ path }), {
      status: 503,
      code: 'journal_unwritable',
      message: new RegExp(`\`${path}\` cannot be written`),
    });
  });
});

describe('a full disk', () => {
  it('refuses deliveries with 503 and a time to come back, and takes them again when there is space', async (t) => {
    const { journal, database } = await aFullJournal(t);
    await assert.rejects(keepLarge(journal), { status: 503, code: 'journal_full', retryAfter: 5000 });
    await assert.rejects(journal.ping(), { code: 'journal_full' });
    await database.write([{ sql: 'pragma max_page_count = 100000', parameters: [] }]);
    await journal.ping();
    assert.ok(await keepLarge(journal));
  });

  it('leaves nothing half-written', async (t) => {
    const { journal, kept } = await aFullJournal(t);
    assert.equal((await journal.events.list({ limit: 500 })).length, kept);
    assert.equal((await journal.events.undecided({ limit: 500 })).length, kept);
  });

  it('is mended by removing old events', async (t) => {
    const { journal } = await aFullJournal(t, { decide: true });
    assert.ok((await journal.prune({ before: new Date('2999-01-01') })) > 0);
    assert.ok(await keepLarge(journal));
  });

  it('takes no other operation of the same commit with the one that fails', async (t) => {
    const database = await openDatabase({ path: ':memory:' });
    t.after(() => database.close());
    const run = (sql: string) => database.write([{ sql, parameters: [] }]);
    await run('create table things (name text unique)');
    const results = await Promise.allSettled(
      ['a', 'b', 'b', 'c'].map((name) => run(`insert into things values ('${name}')`)),
    );
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    );
    const [rows] = await run('select count(*) as things from things');
    assert.deepEqual(rows, [{ things: 3 }]);
  });
});

describe('a page of events', () => {
  const filters = { endpointId: 'a', source: 's', subject: 'p', type: 't', since: new Date(), before: '1000' };
  const names = Object.keys(filters) as (keyof typeof filters)[];
  const queries = Array.from(
    { length: 2 ** names.length },
    (_, bits): Partial<EventQuery> =>
      Object.fromEntries(names.filter((_name, index) => bits & (1 << index)).map((name) => [name, filters[name]])),
  );

  it('walks an index from its end, whatever is asked', async (t) => {
    const { explain } = await aPlanner(t);
    for (const query of queries.flatMap((each) => [
      each,
      { ...each, q: 'words' },
      ...eventStates.map((state) => ({ ...each, state })),
    ])) {
      for (const step of await explain({ ...query, limit: 50 })) {
        assert.doesNotMatch(step, /TEMP B-TREE/, JSON.stringify(query));
        assert.doesNotMatch(step, /^SCAN (?!events$|undecided$|search VIRTUAL)/, JSON.stringify(query));
      }
    }
  });

  it('walks the index that leaves the fewest', async (t) => {
    const { explain } = await aPlanner(t);
    const first = async (query: Partial<EventQuery>) => (await explain({ ...query, limit: 50 }))[0] ?? '';
    assert.match(await first({ endpointId: 'a', state: 'posted', subject: 'p', source: 's' }), /decisions_subject/);
    assert.match(await first({ endpointId: 'a', state: 'posted', source: 's' }), /decisions_source/);
    assert.match(await first({ endpointId: 'a', state: 'failed', type: 't' }), /decisions_endpoint_state/);
    assert.match(await first({ endpointId: 'a', state: 'posted', type: 't' }), /decisions_endpoint_type/);
    assert.match(await first({ type: 't' }), /decisions_type/);
    assert.match(await first({ endpointId: 'a' }), /decisions_endpoint/);
  });
});

function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bellhop-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function aJournal(t: TestContext, path: string) {
  const journal = await openJournal({ path });
  t.after(() => journal.close());
  return journal;
}

function keepLarge(journal: Awaited<ReturnType<typeof openJournal>>) {
  return journal.events.keep(anEvent({ body: randomBytes(50_000) }));
}

async function aFullJournal(t: TestContext, { decide = false } = {}) {
  const clock = { now: () => new Date() };
  const database = await openDatabase({ path: join(aFolder(t), 'journal.db'), maxPages: 200 });
  t.after(() => database.close());
  await migrate({ database, migrations, path: 'journal.db', now: clock.now() });
  const journal = createJournal({ database, clock });
  const kept: string[] = [];
  // Large events first, then small ones for what little they leave.
  for (const size of [50_000, 8000]) {
    const events = Array.from({ length: 40 }, () => journal.events.keep(anEvent({ body: randomBytes(size) })));
    for (const result of await Promise.allSettled(events)) {
      if (result.status === 'fulfilled' && result.value) kept.push(result.value.id);
    }
  }
  assert.ok(kept.length > 10 && kept.length < 40);
  if (decide) await journal.posts.decide(kept.map((id) => aDecided(id, { posts: [] })));
  return { journal, database, kept: kept.length };
}

async function aPlanner(t: TestContext) {
  const database = await openDatabase({ path: ':memory:' });
  t.after(() => database.close());
  await migrate({ database, migrations, path: ':memory:', now: new Date() });
  return {
    explain: async (query: EventQuery) => {
      const steps = [];
      for (const page of pageQueries(database, query)) {
        const { sql, parameters } = page.compile();
        const [rows] = await database.write([{ sql: `explain query plan ${sql}`, parameters: parameters as string[] }]);
        steps.push(...(rows ?? []).map(({ detail }) => String(detail)));
      }
      return steps;
    },
  };
}

/** Runs a process that keeps events, kills it after so many promises, and gives back all it promised. */
async function killAfter(path: string, promises: number): Promise<readonly (readonly [string, string])[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'keep-until-killed.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told: [string, string][] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(line.split(' ') as [string, string]);
    if (told.length === promises) child.kill('SIGKILL');
  }
  return told;
}
