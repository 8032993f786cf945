import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openCluster } from '../../src/stores/cluster/open-cluster.ts';
import { aDatabase, aPostgres } from '../doubles/postgres.ts';
import { silentLog } from '../silent-log.ts';
import { until } from '../until.ts';

describe('a lane that ends', () => {
  it('while the database takes no writes is free again once it does, and no lane is lost', async (t) => {
    const database = await aDatabase();
    const name = new URL(database).pathname.slice(1);
    const { run } = await aPostgres();
    const setReadOnly = async (to: 'on' | 'off') => {
      await run(`alter database ${name} set default_transaction_read_only = ${to}`);
      // What a connection may do is settled when it is made.
      await run(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    };
    const warnings: string[] = [];
    const log = { ...silentLog, warn: (_facts: object, text: string) => void warnings.push(text) };
    const cluster = await openCluster({ url: database, log });
    t.after(async () => {
      await cluster.leave();
      await cluster.close();
    });
    const ran: string[] = [];
    cluster.jobs.onLane(async ({ channel }) => {
      if (ran.push(channel) === 1) await setReadOnly('on');
    });
    const nothing = async () => undefined;
    await cluster.join({ begin() {}, lead() {}, resign: nothing, letGo: nothing, tend: nothing });

    await cluster.jobs.add([{ platform: 'local', channel: 'ops' }]);
    await until(() => warnings.some((text) => text.includes('the end of a lane could not be noted')));
    await setReadOnly('off');
    await until(async () => {
      await cluster.jobs.add([{ platform: 'local', channel: 'ops' }]).catch(() => undefined);
      return ran.length > 1;
    });
    assert.deepEqual(new Set(ran), new Set(['ops']));
  });
});
