import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aDatabase } from '../doubles/postgres.ts';
import { until } from '../until.ts';
import { aPush, aWorld, type World, type WorldOptions } from '../world.ts';
import { listen } from './listen.ts';

interface Run {
  readonly id: string;
  readonly state: string;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly failures: readonly { readonly event: string; readonly reason: string }[];
}

const WORK = ['Oil the hinges', 'Paint the frame', 'Sweep the hall'];

describe('many events that are replayed', () => {
  for (const [where, options] of [
    ['a data folder', async () => ({})],
    ['PostgreSQL', async () => ({ database: await aDatabase() })],
  ] as const)
    it(`are posted again within Bellhop, the oldest first, with the journal in ${where}`, async () => {
      await using world = await aBusyWorld(await options());
      const { api, begin } = doors(world);
      const page = await listen(world);
      const tried = await api<{ total: number }>('POST', { filter: { endpoint: 'github' }, try: true });
      assert.deepEqual([tried.status, tried.json.total], [200, 3]);
      const begun = await begin({ filter: { endpoint: 'github' }, user: 'mona' });
      assert.equal(begun.status, 202);
      const others = await Promise.all([begin({ events: ['1'] }), begin({ events: ['2'] })]);
      assert.deepEqual(
        others.map(({ status }) => status),
        [409, 409],
      );
      for (let done = 0; done < 3; ) done = (await page.next('replay')).data.replay?.done ?? 0;
      // Whoever asked is gone, and it goes on.
      await page.leave();
      const run = await ended(world);
      assert.deepEqual([run.state, run.total, run.done, run.failed], ['done', 3, 3, 0]);
      await world.settled();
      const said = (await world.messages()).slice(-3).map(({ text }) => text);
      assert.deepEqual(
        said.map((text) => WORK.findIndex((work) => text.includes(work))),
        [0, 1, 2],
      );
      const audit = (await world.type('/webhook audit github')).text;
      assert.match(audit, /mona replayed 3 of 3 events.*mona began to replay 3 events/s);
    });

  it('are stopped after the one that has its turn, and say so', async () => {
    await using world = await aBusyWorld();
    const { begin, stop } = doors(world);
    const { replay } = (await begin({ filter: {} })).json;
    const stopped = await stop(replay.id);
    assert.equal(stopped.status, 202);
    const run = await ended(world);
    assert.deepEqual([run.state, run.done < run.total], ['stopped', true]);
    assert.equal((await stop(replay.id)).status, 404);
    await until(
      async () => /then was stopped/.test((await world.type('/webhook audit github')).text),
      'the audit says it',
    );
    // Another may begin, and one alone where several are asked for at the same moment.
    const again = await Promise.all([begin({ events: ['1'] }), begin({ events: ['2'] }), begin({ events: ['3'] })]);
    assert.deepEqual(again.map(({ status }) => status).toSorted(), [202, 409, 409]);
  });

  it('are seen and stopped from any node, and one run goes on at a time on all of them', async () => {
    const database = await aDatabase();
    await using first = await aBusyWorld({ database });
    await using second = await aWorld({ database });
    const { replay } = (await doors(first).begin({ filter: {} })).json;
    const seen = () => second.call<{ replay: Run | null }>('/api/v1/replays');
    await until(async () => (await seen()).json.replay?.id === replay.id, 'the other node knows of it');
    assert.equal((await doors(second).begin({ filter: {} })).status, 409);
    assert.equal((await doors(second).stop(replay.id)).status, 202);
    assert.equal((await ended(first)).state, 'stopped');
    await until(async () => (await seen()).json.replay?.state === 'stopped', 'the other node knows of its end');
  });

  it('are left out with the reason where they cannot be posted', async () => {
    await using world = await aBusyWorld();
    const { begin } = doors(world);
    assert.equal((await begin({ events: ['1', '99'] })).status, 202);
    const { state, done, failures } = await ended(world);
    assert.deepEqual([state, done, failures], ['done', 2, [{ event: '99', reason: 'It is not kept any more.' }]]);
    for (const wrong of [{}, { events: ['1'], filter: {} }, { events: [] }, { events: ['x'] }, { filter: { no: '1' } }])
      assert.equal((await begin(wrong)).status, 400, JSON.stringify(wrong));
    assert.equal((await begin({ filter: { q: 'nothing says so' } })).status, 404);
    assert.equal((await begin({ filter: { endpoint: 'nobody' } })).status, 404);
  });

  it('end with Bellhop, and the audit says how many were posted', async () => {
    const world = await aBusyWorld();
    await doors(world).begin({ filter: {} });
    await world.app.stop();
    await using again = await aWorld({ folder: world.folder });
    assert.match((await again.type('/webhook audit github')).text, /replayed \d of 3 events, then Bellhop stopped/);
    assert.equal((await again.call<{ replay: unknown }>('/api/v1/replays')).json.replay, null);
  });
});

async function aBusyWorld(options: WorldOptions = {}) {
  const world = await aWorld(options);
  const github = await world.endpoint('github', 'in #ops');
  for (const message of WORK) await world.deliver(github, aPush({ message }));
  await world.settled();
  return world;
}

function doors(world: World) {
  const api = <T>(method: string, body?: unknown, path = '') =>
    world.call<T>(`/api/v1/replays${path}`, { method, ...(body !== undefined && { body }) });
  return {
    api,
    begin: (body: unknown) => api<{ replay: Run }>('POST', body),
    stop: (id: string) => api('DELETE', undefined, `/${id}`),
  };
}

function ended(world: World): Promise<Run> {
  return until(async () => {
    const { replay } = (await world.call<{ replay: Run }>('/api/v1/replays')).json;
    return replay.state === 'running' ? undefined : replay;
  }, 'the replays end');
}
