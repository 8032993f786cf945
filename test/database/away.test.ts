import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startPostgres } from '../doubles/postgres/start-postgres.ts';
import { until } from '../until.ts';
import { aPush, aWorld } from '../world.ts';

describe('nodes whose database is away', () => {
  it('take no deliveries, say so, and go on by themselves once it is back', async () => {
    const postgres = await startPostgres();
    await postgres.run('create database bellhop');
    const database = postgres.url('bellhop');
    {
      await using a = await aWorld({ database });
      await using b = await aWorld({ database });
      const endpoint = await a.endpoint('github');
      const onB = { ...endpoint, url: new URL(new URL(endpoint.url).pathname, b.publicUrl).href };
      await until(async () => (await b.deliver(onB, aPush({ message: 'Before' }))).status === 202);
      await postgres.stop();
      const refused = await b.deliver(onB, aPush({ message: 'Meanwhile' }));
      assert.deepEqual([refused.status, refused.headers.has('retry-after')], [503, true]);
      await until(async () => (await fetch(`${a.publicUrl}/readyz`)).status === 503);
      await postgres.start();
      await until(async () => (await fetch(`${a.publicUrl}/readyz`)).status === 200);
      await until(async () => (await b.deliver(onB, aPush({ message: 'After' }))).status === 202);
      await until(async () => (await a.messages()).some(({ text }) => text.includes('After')));
    }
    await postgres.stop();
  });
});
