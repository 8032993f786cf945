import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startPostgres } from '../doubles/postgres/start-postgres.ts';
import { aDatabase } from '../doubles/postgres.ts';
import { until } from '../until.ts';
import { aPush, aWorld } from '../world.ts';

describe('Bellhop with its journal in PostgreSQL', () => {
  it('takes no deliveries while the database is away, says so, and goes on by itself once it is back', async (t) => {
    const server = await startPostgres();
    t.after(() => server.stop());
    await server.run('create database bellhop');
    const lines: string[] = [];
    await using world = await aWorld({ database: server.url('bellhop'), log: (line) => lines.push(line) });
    const endpoint = await world.endpoint('github', 'in ops');
    const deliver = async (message: string) => world.deliver(endpoint, aPush({ message }));
    const ready = async () => (await world.call<{ status: string }>('/readyz')).status;

    assert.equal((await deliver('before')).status, 202);
    await world.settled();
    await server.stop();

    const refused = await deliver('meanwhile');
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '5']);
    await until(async () => (await ready()) === 503);
    const page = await world.call<{ code: string; message: string }>('/api/v1/events');
    assert.deepEqual([page.status, page.json.code], [503, 'database_away']);

    await server.start();
    await until(async () => (await ready()) === 200);
    assert.equal((await deliver('after')).status, 202);
    await world.settled();
    const texts = (await world.messages()).map(({ text }) => text);
    assert.deepEqual(
      ['before', 'meanwhile', 'after'].map((message) => texts.filter((text) => text.includes(message)).length),
      [1, 0, 1],
    );
    const said = [...lines, page.json.message].join('\n');
    assert.doesNotMatch(said, /for@logs|for%40logs/);
  });

  it('finds everything again after a restart', async () => {
    const database = await aDatabase();
    const first = await aWorld({ database });
    const { folder } = first;
    const endpoint = await first.endpoint('github', 'in ops');
    await first.deliver(endpoint, aPush({ message: 'Fix the door', id: 'once' }));
    await first.app.stop();
    await using second = await aWorld({ database, folder });
    await second.settled();
    assert.equal((await second.events('q=octocat')).length, 1);
    assert.equal((await second.messages()).length, 1);
  });
});
