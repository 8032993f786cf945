import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aDetour } from '../doubles/postgres/detour.ts';
import { aDatabase, aPostgres } from '../doubles/postgres.ts';
import { until } from '../until.ts';
import { aPush, aWorld } from '../world.ts';

describe('a node whose database cannot be used', () => {
  for (const encoding of ['LATIN1', 'SQL_ASCII'])
    it(`does not start on one that is encoded as ${encoding}, and leaves it as it is`, async () => {
      const database = await aDatabase(`encoding '${encoding}' template template0`);
      await assert.rejects(aWorld({ database }), { code: 'database_encoding', message: new RegExp(encoding) });
      assert.deepEqual(await schemasIn(database), []);
    });

  it('does not start on a PostgreSQL that is too old, and leaves it as it is', async (t) => {
    const database = await aDatabase();
    const detour = await aDetour(database);
    t.after(detour.close);
    const [row] = await run(database, "select current_setting('server_version_num') as number");
    const number = String(row?.number);
    detour.replace(number, `11${number.slice(2)}`);
    await assert.rejects(aWorld({ database: detour.url }), { code: 'database_old', message: /needs 14 or newer/ });
    assert.deepEqual(await schemasIn(database), []);
  });

  it('does not say the password that the database does not take', async () => {
    const database = (await aDatabase()).replace('logs@', 'secrets@');
    await assert.rejects(aWorld({ database }), (error: Error) => {
      assert.match(error.message, /does not take the password in DATABASE_URL/);
      assert.doesNotMatch(JSON.stringify([error, error.message, error.stack]), /secrets/);
      return true;
    });
  });

  it('takes nothing while the database takes no writes, shows what there is, and goes on by itself', async () => {
    const database = await aDatabase();
    await using world = await aWorld({ database });
    const endpoint = await world.endpoint('github');
    assert.equal((await world.deliver(endpoint, aPush({ message: 'Before' }))).status, 202);
    await world.settled();
    await setReadOnly(database, 'on');
    await run(
      database,
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    const refused = await until(async () => {
      const answer = await world.deliver(endpoint, aPush({ message: 'Meanwhile' }));
      const { code } = (await answer.json()) as { code: string };
      return code === 'database_read_only' ? answer : undefined;
    });
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '5']);
    assert.match((await world.type('/webhook history')).text, /Before/);
    assert.match((await world.type(`/webhook pause ${endpoint.name}`)).text, /Nothing was changed.*takes no writes/);
    await setReadOnly(database, 'off');
    await until(async () => (await world.deliver(endpoint, aPush({ message: 'After' }))).status === 202);
    await until(async () => (await world.messages()).some(({ text }) => text.includes('After')));
  });
});

async function setReadOnly(database: string, to: 'on' | 'off'): Promise<void> {
  await (await aPostgres()).run(`alter database ${nameOf(database)} set default_transaction_read_only = ${to}`);
}

async function schemasIn(database: string): Promise<readonly unknown[]> {
  return run(database, "select nspname from pg_namespace where nspname like 'bellhop%'");
}

async function run(database: string, sql: string) {
  return (await aPostgres()).run(sql, nameOf(database));
}

function nameOf(database: string): string {
  return new URL(database).pathname.slice(1);
}
