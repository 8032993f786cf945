import assert from 'node:assert/strict';
import { it } from 'node:test';
import { migrate } from '../../src/stores/journal/migrate.ts';
import { openJournal as openPostgres } from '../../src/stores/journal/postgres/open-journal.ts';
import { openDatabase } from '../../src/stores/journal/sqlite/database.ts';
import { migrations } from '../../src/stores/journal/sqlite/migrations.ts';
import { describeOwing } from '../contracts/owing.ts';
import { openHere } from '../doubles/journal-worker.ts';
import { aDatabase } from '../doubles/postgres.ts';

describeOwing('sqlite', openHere);
describeOwing('postgres', async () => openPostgres({ url: await aDatabase() }));

it('takes what an older Bellhop left due for attempted, for nobody wrote down whether it was', async () => {
  const database = await openDatabase({ path: ':memory:' });
  const [first] = migrations;
  const run = (statements: readonly string[]) =>
    database.write(statements.map((statement) => ({ sql: statement, parameters: [] })));
  await run([
    ...(first?.statements ?? []),
    'create table migrations (id integer primary key, name text not null, applied_at integer not null)',
    "insert into migrations values (1, 'first tables', 0)",
    ...['due', 'posted'].map(
      (state) =>
        `insert into posts (platform, channel, channel_name, state, replay, attempts, created_at) values ('chat', 'C', 'ops', '${state}', 0, 0, 1234)`,
    ),
  ]);
  await migrate({ database, migrations, path: ':memory:', now: new Date() });
  const [rows] = await database.write([{ sql: 'select first_attempt_at from posts order by id', parameters: [] }]);
  assert.deepEqual(
    rows?.map(({ first_attempt_at: at }) => at),
    [1234, null],
  );
  await database.close();
});
