import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { checkDatabase } from '../../src/stores/journal/postgres/check-database.ts';
import { migrations } from '../../src/stores/journal/postgres/migrations.ts';
import { openJournal } from '../../src/stores/journal/postgres/open-journal.ts';
import { aBatch } from '../contracts/batches.ts';
import { aDecided, anEvent, aPost } from '../contracts/journal.ts';
import { aDetour } from '../doubles/postgres/detour.ts';
import { startPostgres } from '../doubles/postgres/start-postgres.ts';
import { aDatabase, aPostgres } from '../doubles/postgres.ts';

const LATER = new Date('2999-01-01');

describe('two nodes on one PostgreSQL', () => {
  it('keep a delivery once that both get at the same moment', async (t) => {
    const nodes = await aCluster(t);
    const ids = Array.from({ length: 60 }, (_, index) => `same-${index % 20}`);
    const kept = await Promise.all(
      ids.flatMap((deliveryId) => nodes.map(({ events }) => events.keep(anEvent({ deliveryId })))),
    );
    assert.equal(kept.filter(Boolean).length, 20);
  });

  it('keep each event of a delivery once that both get at the same moment', async (t) => {
    const nodes = await aCluster(t);
    const batch = aBatch(Array.from({ length: 10 }, (_, number) => ({ number })));
    const kept = await Promise.all(
      ['first', 'second', 'third'].flatMap((deliveryId) =>
        nodes.map(({ events }) => events.keepBatch({ ...batch, deliveryId })),
      ),
    );
    const [first] = nodes;
    const listed = await first.events.list({ limit: 100 });
    assert.equal(kept.flat().length, 10);
    assert.equal(listed.length, 10);
  });

  it('decide an event once, and owe its posts once', async (t) => {
    const nodes = await aCluster(t);
    const [first] = nodes;
    const kept = await Promise.all(Array.from({ length: 40 }, () => first.events.keep(anEvent())));
    const decided = kept.map((event) => aDecided(event?.id ?? '', { posts: [aPost(), aPost({ channel: 'C2' })] }));
    const posts = await Promise.all([
      ...decided.map((each) => nodes[0].posts.decide([each])),
      ...decided.toReversed().map((each) => nodes[1].posts.decide([each])),
    ]);
    assert.equal(posts.flat().length, 80);
    assert.equal((await first.posts.due({ limit: 100 })).length, 80);
    assert.deepEqual(await first.events.undecided({ limit: 10 }), []);
  });

  it('agree on where an event stands whose posts they settle at the same moment', async (t) => {
    const [first, second] = await aCluster(t);
    const outcome = { state: 'posted', attempts: 1, ref: { channel: 'C1', id: '7' } } as const;
    for (let round = 0; round < 40; round++) {
      const event = await first.events.keep(anEvent());
      const [here, there] = await first.posts.decide([
        aDecided(event?.id ?? '', { posts: [aPost(), aPost({ channel: 'C2' })] }),
      ]);
      await Promise.all([first.posts.settle(here?.id ?? '', outcome), second.posts.settle(there?.id ?? '', outcome)]);
    }
    const states = (await first.events.list({ limit: 100 })).map(({ state }) => state);
    assert.deepEqual(
      states,
      states.map(() => 'posted'),
    );
  });

  it('start at the same moment on an empty database', async (t) => {
    const url = await aDatabase();
    const nodes = await Promise.all(Array.from({ length: 4 }, () => openJournal({ url })));
    t.after(() => Promise.all(nodes.map((node) => node.close())));
    assert.ok(await nodes[3]?.events.keep(anEvent()));
  });

  it('remove what is old while the other keeps', async (t) => {
    const [first, second] = await aCluster(t);
    const old = await Promise.all(
      Array.from({ length: 200 }, () => first.events.keep(anEvent({ receivedAt: new Date('2020-01-01') }))),
    );
    await first.posts.decide(old.map((event) => aDecided(event?.id ?? '', { posts: [] })));
    const [gone, ...kept] = await Promise.all([
      first.prune({ before: new Date('2021-01-01') }),
      ...Array.from({ length: 50 }, () => second.events.keep(anEvent())),
    ]);
    assert.deepEqual([gone, kept.filter(Boolean).length], [200, 50]);
  });
});

describe('the journal in PostgreSQL', () => {
  it('commits what arrives together together', async (t) => {
    const url = await aDatabase();
    const journal = await aJournal(t, url);
    const before = await newestTransaction(url);
    await Promise.all(Array.from({ length: 200 }, () => journal.events.keep(anEvent())));
    assert.ok((await newestTransaction(url)) - before < 20);
  });

  it('loses only what fails of what shares a commit', async (t) => {
    const journal = await aJournal(t);
    const outcomes = await Promise.allSettled([
      journal.events.keep(anEvent()),
      // No number of PostgreSQL's is as large.
      journal.events.keep(anEvent({ receivedAt: new Date(Number.NaN) })),
      journal.events.keep(anEvent()),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal((await journal.events.list({ limit: 10 })).length, 2);
  });

  it('finds words in any script, whatever the locale of the database', async (t) => {
    const journal = await aJournal(t);
    const title = 'Пожар на складе: Größe ÉTÉ 東京 acme/api OPS-12';
    const event = await journal.events.keep(anEvent());
    await journal.posts.decide([aDecided(event?.id ?? '', { about: { title } })]);
    for (const q of ['пожар', 'СКЛАД', 'grosse', 'größ', 'ete', '東京', 'acme/api', 'api', 'ops-12', 'OPS-1', "acme'"])
      assert.equal((await journal.events.list({ q, limit: 5 })).length, q === 'grosse' ? 0 : 1, q);
    for (const q of ['api/acme', 'склады', 'ops-2'])
      assert.deepEqual(await journal.events.list({ q, limit: 5 }), [], q);
  });

  it('takes texts that PostgreSQL refuses, with a mark for what it refuses', async (t) => {
    const journal = await aJournal(t);
    const event = await journal.events.keep(anEvent());
    const about = { title: 'a\0b \ud800 c\\u0000', source: '\udfff', severity: 'critical' } as const;
    await journal.posts.decide([aDecided(event?.id ?? '', { about })]);
    const [found] = await journal.events.list({ severity: 'critical', limit: 5 });
    assert.deepEqual([found?.about?.title, found?.about?.source], ['a\ufffdb \ufffd c\\u0000', '\ufffd']);
  });

  it('finishes what was asked before it closes', async (t) => {
    const url = await aDatabase();
    const first = await openJournal({ url });
    const kept = Promise.all(Array.from({ length: 50 }, () => first.events.keep(anEvent())));
    await first.close();
    assert.equal((await kept).filter(Boolean).length, 50);
    assert.equal((await (await aJournal(t, url)).events.list({ limit: 100 })).length, 50);
  });

  it('goes on after its connections were cut', async (t) => {
    const url = await aDatabase();
    const journal = await aJournal(t, url);
    await journal.events.keep(anEvent());
    await cutAll(url);
    await journal.events.keep(anEvent()).catch(() => undefined);
    assert.ok(await journal.events.keep(anEvent()));
    assert.ok((await journal.events.list({ limit: 5 })).length >= 2);
  });
});

describe('a PostgreSQL that cannot be used', () => {
  it('is named without its password when it does not take it', async () => {
    const url = (await aDatabase()).replace('logs@', 'secrets@');
    await assert.rejects(openJournal({ url }), (error: Error & { code?: string; status?: number }) => {
      assert.deepEqual([error.code, error.status], ['database_refused', 503]);
      assert.match(error.message, /^The database `127\.0\.0\.1:\d+\/test_\w+` does not take the password/);
      assert.doesNotMatch(error.message, /secrets|bellhop:/);
      return true;
    });
  });

  it('is refused when it does not exist, when nobody listens, and when its host is unknown', async () => {
    const { url, port } = await aPostgres();
    await assert.rejects(openJournal({ url: url('absent') }), { code: 'database_missing' });
    const nowhere = url('absent').replace(`:${port}/`, ':1/');
    await assert.rejects(openJournal({ url: nowhere }), { code: 'database_away', message: /refuses the connection/ });
    const unknown = url('absent').replace('127.0.0.1', 'database.invalid');
    await assert.rejects(openJournal({ url: unknown }), { code: 'database_away' });
  });

  it('is refused in another encoding than UTF8', async () => {
    for (const encoding of ['LATIN1', 'SQL_ASCII']) {
      const url = await aDatabase(`encoding '${encoding}' template template0`);
      const message = new RegExp(`encoded as ${encoding},.* Create one with \`createdb`);
      await assert.rejects(openJournal({ url }), { code: 'database_encoding', message });
      assert.match((await checkDatabase(url)).todo ?? '', message);
    }
  });

  it('is refused when it is too old, with the version that is needed', async (t) => {
    const url = await aDatabase();
    const detour = await aDetour(url);
    t.after(detour.close);
    const [row] = await run(url, "select current_setting('server_version_num') as number");
    const number = String(row?.number);
    detour.replace(number, `13${number.slice(2)}`);
    await assert.rejects(openJournal({ url: detour.url }), { code: 'database_old', message: /needs 14 or newer/ });
    assert.match((await checkDatabase(detour.url)).todo ?? '', /needs 14 or newer/);
    assert.deepEqual(await run(url, "select to_regnamespace('bellhop') as made"), [{ made: null }]);
  });

  it('is examined without a change, and named with what to do', async () => {
    const url = await aDatabase();
    assert.deepEqual((await checkDatabase(url)).ok, true);
    assert.deepEqual(await run(url, "select to_regnamespace('bellhop') as made"), [{ made: null }]);
    const { ok, what, todo } = await checkDatabase(url.replace('logs@', 'secrets@'));
    assert.deepEqual([ok, what], [false, 'DATABASE_URL cannot be used']);
    assert.match(todo ?? '', /does not take the password in DATABASE_URL/);
    await run(url, `alter database ${nameOf(url)} set default_transaction_read_only = on`, 'postgres');
    assert.match((await checkDatabase(url)).todo ?? '', /takes no writes/);
  });

  it('is left alone when a newer Bellhop has been there', async () => {
    const url = await aDatabase();
    await (await openJournal({ url })).close();
    await run(url, "insert into bellhop.migrations values (999, 'later', 0)");
    await assert.rejects(openJournal({ url }), { code: 'journal_newer' });
    const later = `select count(*)::integer as count from bellhop.migrations where id > ${migrations.length}`;
    assert.deepEqual(await run(url, later), [{ count: 1 }]);
  });

  it('is written no more by a node that runs while a newer Bellhop changes it', async (t) => {
    const url = await aDatabase();
    const journal = await aJournal(t, url);
    const event = await journal.events.keep(anEvent());
    await run(url, "insert into bellhop.migrations values (999, 'later', 0)");
    await assert.rejects(journal.events.keep(anEvent()), { status: 503, code: 'journal_newer' });
    await assert.rejects(journal.ping(), { code: 'journal_newer' });
    assert.equal((await journal.events.list({ limit: 5 }))[0]?.id, event?.id);
    assert.equal((await journal.events.list({ limit: 5 })).length, 1);
  });

  it('is said to be read-only, and written again once it is not', async (t) => {
    const url = await aDatabase();
    const journal = await aJournal(t, url);
    await run(url, `alter database ${nameOf(url)} set default_transaction_read_only = on`, 'postgres');
    await cutAll(url);
    await until(() => rejection(journal.ping()), 'database_read_only');
    // The connections of before go on without a right to write.
    await run(url, `alter database ${nameOf(url)} set default_transaction_read_only = off`, 'postgres');
    await until(() => rejection(journal.ping()), undefined);
  });

  it('refuses deliveries with a time to come back while its disk is full', async (t) => {
    const url = await aDatabase();
    const journal = await aJournal(t, url);
    // What PostgreSQL answers then, for nobody lends a test a full disk.
    await run(
      url,
      `create function bellhop.refuse() returns trigger language plpgsql as $$ begin raise 'no space' using errcode = 'disk_full'; end $$;
       create trigger refuse before insert on bellhop.events for each row execute function bellhop.refuse()`,
    );
    await assert.rejects(journal.events.keep(anEvent()), { status: 503, code: 'database_full', retryAfter: 5000 });
    await run(url, 'drop trigger refuse on bellhop.events');
    assert.ok(await journal.events.keep(anEvent()));
  });

  it('has all that was acknowledged after a crash, although it is set to write later', async (t) => {
    // Its own processes are gone then, but not the machine: nothing has to be synced for that.
    const server = await startPostgres(['fsync=off', 'synchronous_commit=off', 'wal_writer_delay=10s']);
    t.after(() => server.stop());
    await server.run('create database crashed');
    const journal = await aJournal(t, server.url('crashed'));
    const kept: string[] = [];
    const keepOn = async () => {
      for (;;) {
        const event = await journal.events.keep(anEvent()).catch(() => undefined);
        if (!event) return;
        kept.push(event.id);
      }
    };
    const keeping = Promise.all(Array.from({ length: 5 }, keepOn));
    while (kept.length < 100) await new Promise(setImmediate);
    await server.crash();
    await keeping;
    await server.start();
    const found = await journal.events.summaries(kept);
    assert.deepEqual(
      kept.filter((id) => !found.some((event) => event.id === id)),
      [],
    );
  });

  it('is used again once it is back', async (t) => {
    const server = await startPostgres();
    t.after(() => server.stop());
    await server.run('create database back');
    const journal = await aJournal(t, server.url('back'));
    const first = await journal.events.keep(anEvent());
    await server.stop();
    await assert.rejects(journal.events.keep(anEvent()), { status: 503, code: 'database_away', retryAfter: 5000 });
    await assert.rejects(journal.events.list({ limit: 5 }), { status: 503, code: 'database_away' });
    await assert.rejects(journal.ping(), { code: 'database_away' });
    await server.start();
    const second = await journal.events.keep(anEvent());
    const listed = await journal.events.list({ limit: 5 });
    assert.deepEqual(
      listed.map(({ id }) => id),
      [second?.id, first?.id],
    );
  });
});

it('counts posts in PostgreSQL as they are', async (t) => {
  const journal = await aJournal(t);
  await journal.posts.owe([aPost(), aPost(), aPost({ state: 'held' })]);
  assert.deepEqual(await journal.posts.count(), { due: 2, posted: 0, held: 1, failed: 0, dropped: 0 });
  await journal.prune({ before: LATER });
});

it('finds a rare word beside a common one in PostgreSQL, before it knows which are common and after', async (t) => {
  const url = await aDatabase();
  const journal = await aJournal(t, url);
  const kept = await Promise.all(Array.from({ length: 300 }, () => journal.events.keep(anEvent())));
  await journal.posts.decide(
    kept.map((event, index) =>
      aDecided(event?.id ?? '', {
        about: { title: `Octocat pushed part ${index + 1}, ${index % 2 ? 'odd' : 'even'}` },
      }),
    ),
  );
  await run(url, 'analyze bellhop.search');
  const numbersOf = async (q: string) =>
    (await journal.events.list({ q, limit: 10 })).map(({ about }) => /\d+/.exec(about?.title ?? '')?.[0]);
  for (let look = 0; look < 3; look++) {
    assert.deepEqual(await numbersOf('octocat 77 pushed'), ['77']);
    assert.deepEqual(await numbersOf('77 odd'), []);
    assert.deepEqual(await numbersOf('77 even'), ['77']);
    assert.equal((await numbersOf('octocat pushed')).length, 10);
  }
});

it('counts many posts in PostgreSQL as they are, whichever node has changed or removed them', async (t) => {
  const url = await aDatabase();
  const nodes = [await aJournal(t, url), await aJournal(t, url)] as const;
  const old = new Date('2020-01-01');
  const kept = await Promise.all(
    Array.from({ length: 30 }, (_, index) => nodes[index % 2]?.events.keep(anEvent({ receivedAt: old }))),
  );
  const posts = Array.from({ length: 100 }, () => aPost());
  const owed = await Promise.all(
    kept.map((event, index) => nodes[index % 2]?.posts.decide([aDecided(event?.id ?? '', { posts })])),
  );
  const outcome = { state: 'posted', attempts: 1, ref: { channel: 'C1', id: '7' } } as const;
  const [first = [], ...others] = owed.map((each) => each ?? []);
  await Promise.all(first.map(({ id }, index) => nodes[index % 2]?.posts.settle(id, outcome)));
  const [one, other] = nodes;
  assert.deepEqual(await other.posts.count(), { due: 2_900, posted: 100, held: 0, failed: 0, dropped: 0 });
  await one.prune({ before: LATER });
  assert.deepEqual(await other.posts.count(), { due: 2_900, posted: 0, held: 0, failed: 0, dropped: 0 });
  assert.equal(others.flat().length, 2_900);
  const changes = await run(url, 'select count(*)::int as rows from bellhop.post_changes');
  assert.ok(Number(changes[0]?.rows) < 2_000, `${changes[0]?.rows} changes are not added up`);
});

async function aJournal(t: TestContext, url?: string) {
  const journal = await openJournal({ url: url ?? (await aDatabase()) });
  t.after(() => journal.close());
  return journal;
}

async function aCluster(t: TestContext) {
  const url = await aDatabase();
  return [await aJournal(t, url), await aJournal(t, url)] as const;
}

async function run(url: string, sql: string, database = nameOf(url)) {
  return (await aPostgres()).run(sql, database);
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

/** As a restart does it, or an administrator. */
async function cutAll(url: string): Promise<void> {
  const others = `datname = '${nameOf(url)}' and pid <> pg_backend_pid()`;
  await run(url, `select pg_terminate_backend(pid) from pg_stat_activity where ${others}`);
}

async function newestTransaction(url: string): Promise<number> {
  const [row] = await run(url, 'select pg_current_xact_id()::text as id');
  return Number(row?.id);
}

async function rejection(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => undefined,
    (error: { code?: string }) => error.code ?? 'without a code',
  );
}

/** Connections that were cut show one after the other. */
async function until(find: () => Promise<string | undefined>, wanted: string | undefined): Promise<void> {
  for (let left = 10; ; left--) {
    const found = await find();
    if (found === wanted) return;
    assert.ok(left > 0, `it is ${found}`);
  }
}
