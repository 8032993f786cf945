import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openCluster } from '../../src/stores/cluster/open-cluster.ts';
import { VERSION } from '../../src/stores/settings/migrations.ts';
import { aDatabase, aPostgres } from '../doubles/postgres.ts';
import { silentLog } from '../silent-log.ts';
import { until } from '../until.ts';
import { aPush, aWorld } from '../world.ts';

const NEWER = 999;

describe('a node that runs while a newer Bellhop changes the database', () => {
  it('takes nothing more, says why, and leaves deciding and posting to the newer one', async () => {
    const database = await aDatabase();
    const log: string[] = [];
    await using older = await aWorld({ database, log: (line) => log.push(line) });
    const endpoint = await older.endpoint('github');
    assert.equal((await older.deliver(endpoint, aPush())).status, 202);
    await older.settled();
    const newer = await openCluster({ url: database, log: silentLog, journalVersion: NEWER });
    let leads = false;
    await newer.join({
      begin: () => undefined,
      lead: () => {
        leads = true;
      },
      resign: async () => undefined,
      letGo: async () => undefined,
      tend: async () => undefined,
    });
    assert.equal(leads, false);
    await run(database, `insert into bellhop.migrations values (${NEWER}, 'later', 0)`);
    const refused = await older.deliver(endpoint, aPush());
    assert.deepEqual([refused.status, ((await refused.json()) as { code: string }).code], [503, 'journal_newer']);
    await until(() => leads);
    assert.ok(log.some((line) => /newer Bellhop has changed the database.*Stop it/.test(line)));
    assert.equal((await fetch(`${older.publicUrl}/readyz`)).status, 503);
    assert.match((await older.type(`/webhook pause ${endpoint.name}`)).text, /written by a newer Bellhop/);
    await newer.resign();
    await newer.leave();
    await newer.close();
  });

  it('says of an endpoint that it does not know that it cannot look it up, where the settings are newer', async () => {
    const database = await aDatabase();
    await using older = await aWorld({ database });
    const { url } = await older.endpoint('github');
    const unknown = url.replace(/[^/]+$/, crypto.randomUUID());
    assert.equal((await fetch(unknown, { method: 'POST' })).status, 404);
    const newer = `replace(document, '"version": ${VERSION}', '"version": ${VERSION + 1}')`;
    await run(database, `update bellhop_cluster.settings set revision = revision + 1, document = ${newer}`);
    const answer = await fetch(unknown, { method: 'POST' });
    const { code } = (await answer.json()) as { code: string };
    assert.deepEqual([answer.status, answer.headers.has('retry-after'), code], [503, true, 'cannot_look_up']);
  });
});

async function run(database: string, sql: string): Promise<void> {
  await (await aPostgres()).run(sql, new URL(database).pathname.slice(1));
}
