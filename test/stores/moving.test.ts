import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { loadConfig } from '../../src/app/config.ts';
import { moveJournal } from '../../src/app/moving/move-journal.ts';
import { toMessage } from '../../src/core/message/message.ts';
import { movedTables } from '../../src/stores/journal/moving/moved-tables.ts';
import { openJournal as openPostgres } from '../../src/stores/journal/postgres/open-journal.ts';
import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { aBatch } from '../contracts/batches.ts';
import { aDecided, anEvent, aPost } from '../contracts/journal.ts';
import { aDatabase, aPostgres } from '../doubles/postgres.ts';

/** What is made anew, or is no part of a journal. */
const LEFT = ['search', 'body_search', 'body_sizes', 'post_counts', 'pulse', 'migrations'];
/** What the view of that name is made of, which is a table in SQLite. */
const OWN = 'post_changes';

describe('moving a journal to PostgreSQL', () => {
  it('brings over everything, and goes on with numbers that were never given away', async (t) => {
    const { folder, url, move } = await aMove(t);
    const before = await fill(folder);
    const { tables } = await move();
    assert.deepEqual(
      tables
        .filter(({ table }) => ['events', 'posts', 'audit'].includes(table))
        .map(({ table, rows }) => [table, rows]),
      [
        ['events', 23],
        ['posts', 2],
        ['audit', 1],
      ],
    );
    const journal = await openPostgres({ url });
    t.after(() => journal.close());
    assert.deepEqual(await journal.events.list({ limit: 50 }), before.events);
    assert.deepEqual(await journal.events.get(before.whole.id), before.whole);
    assert.deepEqual(await journal.posts.due({ limit: 5 }), before.due);
    assert.deepEqual(await journal.posts.count(), before.counts);
    assert.deepEqual((await journal.events.undecided({ limit: 50 })).length, before.undecided);
    assert.equal((await journal.events.list({ q: 'acme/api', limit: 5 })).length, 1);
    assert.deepEqual(
      (await journal.audit.list({ limit: 5 })).map(({ detail }) => detail),
      ['renamed api to web'],
    );
    const next = await journal.events.keep(anEvent());
    assert.equal(Number(next?.id), Number(before.events[0]?.id) + 2);
    assert.equal((await journal.events.undecided({ limit: 50 })).length, before.undecided + 1);
  });

  it('goes on where it was when it is begun again', async (t) => {
    const { folder, url, move } = await aMove(t);
    await fill(folder);
    await assert.rejects(
      move(({ table }) => {
        if (table === 'posts') throw new Error('the cable was pulled');
      }),
      /cable/,
    );
    const copied: string[] = [];
    await move(({ what, table }) => void (what === 'copied' && copied.push(table)));
    assert.ok(!copied.includes('events') && copied.includes('audit'), copied.join());
    const journal = await openPostgres({ url });
    t.after(() => journal.close());
    assert.equal((await journal.events.list({ limit: 50 })).length, 23);
  });

  it('refuses a database that holds a journal already, and one that something else has written to', async (t) => {
    const { folder, url, move } = await aMove(t);
    await fill(folder);
    const name = new URL(url).pathname.slice(1);
    await assert.rejects(
      move(({ table }) => {
        if (table === 'posts') throw new Error('the cable was pulled');
      }),
    );
    await (await aPostgres()).run("update bellhop.events set type = 'other' where id = 3", name);
    await assert.rejects(move(), { code: 'journal_differs', message: /`events`/ });
    await (await aPostgres()).run("update bellhop.moving set source = 'another'", name);
    await assert.rejects(move(), { code: 'journal_used' });
    await (await aPostgres()).run('drop table bellhop.moving', name);
    await assert.rejects(move(), { code: 'journal_used' });
  });

  it('refuses to begin without a journal, and without a database', async (t) => {
    const { folder, move } = await aMove(t);
    await assert.rejects(move(), { code: 'nothing_to_move' });
    await assert.rejects(moveJournal(loadConfig({ DATA_DIR: folder }), { onProgress() {} }), { status: 400 });
  });

  it('knows every table of both journals, with the same columns', async (t) => {
    const { folder, url } = await aMove(t);
    await (await openJournal({ path: join(folder, 'journal.db') })).close();
    await (await openPostgres({ url })).close();
    using database = new DatabaseSync(join(folder, 'journal.db'));
    const inFile = database
      .prepare(
        "select m.name as name, (select group_concat(name) from (select name from pragma_table_info(m.name) order by name)) as columns from sqlite_schema m where type = 'table' and name not like 'sqlite_%' and name not like '%search%'",
      )
      .all()
      .map(({ name, columns }) => [String(name), String(columns)]);
    const inDatabase = await (await aPostgres()).run(
      `select table_name as name, string_agg(column_name, ',' order by column_name collate "C") as columns
        from information_schema.columns where table_schema = 'bellhop' and table_name not like '%search%' and table_name <> '${OWN}' group by table_name`,
      new URL(url).pathname.slice(1),
    );
    const sorted = (entries: readonly (readonly [string, string])[]) => Object.fromEntries(entries.toSorted());
    const known = sorted(inFile as [string, string][]);
    assert.deepEqual(sorted(inDatabase.map(({ name, columns }) => [String(name), String(columns)])), known);
    assert.deepEqual(
      Object.keys(known)
        .filter((name) => !LEFT.includes(name))
        .toSorted(),
      movedTables.map(({ table }) => table).toSorted(),
    );
  });
});

async function aMove(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const url = await aDatabase();
  const config = loadConfig({ DATA_DIR: folder, DATABASE_URL: url, BELLHOP_KEY: 'a'.repeat(64) });
  type Progress = Parameters<typeof moveJournal>[1]['onProgress'];
  return { folder, url, move: (onProgress: Progress = () => {}) => moveJournal(config, { onProgress }) };
}

/** Fills the journal of a folder with a little of everything, the newest event of which is gone again. */
async function fill(folder: string) {
  const journal = await openJournal({ path: join(folder, 'journal.db') });
  const first = await journal.events.keep(
    anEvent({ body: randomBytes(200_000), headers: { 'x-odd': 'a\0b \ud800' }, type: 'odd\0type' }),
  );
  await journal.posts.decide([
    aDecided(first?.id ?? '', {
      about: { title: 'Broke acme/api \0 \udfff', source: 'acme/api', severity: 'critical' },
      posts: [aPost(), aPost({ state: 'held', muteId: 'night' })],
    }),
  ]);
  for (let index = 0; index < 20; index++) await journal.events.keep(anEvent());
  await journal.events.keepBatch(aBatch([{ one: 1 }, { two: 2 }]));
  await journal.refusals.add({
    endpointId: 'alerts',
    at: new Date(),
    reason: 'The signature does not match.',
    status: 401,
    method: 'POST',
    headers: {},
    body: Buffer.from('no'),
    remoteAddress: '192.0.2.1',
  });
  const entry = { at: new Date(), by: 'slack:U1', byName: 'ana', action: 'rename', detail: 'renamed api to web' };
  await journal.audit.add(entry);
  const message = toMessage({ body: 'Hello' });
  const { id } = await journal.messages.add({
    channel: 'ops',
    nonce: 'n',
    text: 'Hello',
    message,
    postedAt: new Date(),
  });
  await journal.readMarks.mark({ reader: 'mona', channel: 'ops', message: id });
  await journal.responses.add({ eventId: first?.id ?? '', by: 'slack:U1', kind: 'up' }, new Date());
  const gone = await journal.events.keep(anEvent({ receivedAt: new Date('2020-01-01') }));
  await journal.posts.decide([aDecided(gone?.id ?? '', { posts: [] })]);
  await journal.prune({ before: new Date('2021-01-01') });
  const whole = await journal.events.get(first?.id ?? '');
  assert.ok(whole);
  const found = {
    events: await journal.events.list({ limit: 50 }),
    whole,
    due: await journal.posts.due({ limit: 5 }),
    counts: await journal.posts.count(),
    undecided: (await journal.events.undecided({ limit: 50 })).length,
  };
  await journal.close();
  return found;
}
