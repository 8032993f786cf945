import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DAY, HOUR, MINUTE } from '../../src/core/text/duration.ts';
import { aPush, aWorld, type Endpoint, type World } from '../world.ts';
import { createGitHubDouble, TOKEN } from './github-double.ts';
import { createMovableClock } from './movable-clock.ts';

describe('an endpoint that falls silent', () => {
  const clock = createMovableClock();
  let world: World;
  let endpoint: Endpoint;
  const github = createGitHubDouble({ repository: 'acme/api', url: () => endpoint.url });

  before(async () => {
    world = await aWorld({ clock, call: github.call });
    endpoint = await world.endpoint('github', 'in #ops as api');
  });
  after(() => world?.[Symbol.asyncDispose]());

  const push = async (id: string) => {
    await world.deliver(endpoint, { ...aPush({ id }) });
    await world.settled();
  };
  const look = async () => {
    await world.app.relay.watchSilence();
    await world.settled();
  };
  const notices = async () =>
    (await world.messages()).filter(({ message }) => /silent|delivers again/.test(message.title?.text ?? ''));

  it('is known by what somebody said it delivers', async () => {
    const said = await world.type('/webhook expect api every 1h');
    assert.match(said.text, /`?api`? is expected to deliver every hour/);
    assert.match((await world.type('/webhook show api')).text, /every hour/);
    assert.equal((await world.type('/webhook expect api every 1s')).data.code, 'bad_option');
  });

  it('has one notice posted: when it delivered last, what was refused, whether its URL leads here, and where to look', async () => {
    await push('a');
    await look();
    assert.equal((await notices()).length, 0);
    clock.advance(HOUR);
    await world.deliver(endpoint, { ...aPush({ id: 'forged' }), secret: 'another' });
    await look();
    assert.equal((await notices()).length, 0);
    clock.advance(HOUR);
    await look();
    await look();
    const [notice, ...more] = await notices();
    assert.equal(more.length, 0);
    assert.equal(notice?.message.title?.text, 'api is silent');
    assert.match(notice?.message.body ?? '', /octocat pushed/);
    assert.match(notice?.message.body ?? '', /1 delivery was refused since/);
    assert.match(notice?.message.body ?? '', /answers, but only on this machine/);
    assert.match(notice?.message.body ?? '', /Recent Deliveries/);
    assert.equal((await world.refusals()).length, 1);
  });

  it('stays silent whatever is sent as a test or fetched meanwhile', async () => {
    const [notice] = await notices();
    assert.ok(notice);
    await world.click(notice, /Send a test/);
    const deliveredAt = new Date(clock.now().getTime() - HOUR / 2);
    github.keep({ id: 9, guid: 'guid-9', event: 'push', payload: aPush({ id: 'c' }).payload, deliveredAt, status: 0 });
    const { data } = await world.type(`/webhook recover api token=${TOKEN}`);
    assert.equal(data.taken, 1);
    await world.type('/webhook recover api forget');
    await world.settled();
    await look();
    assert.equal((await notices()).length, 1);
  });

  it('has another one posted once it delivers again: how long it was, and how much may be lost', async () => {
    clock.advance(8 * HOUR);
    await push('b');
    await look();
    await look();
    const [, back, ...more] = await notices();
    assert.equal(more.length, 0);
    assert.equal(back?.message.title?.text, 'api delivers again');
    assert.match(back?.message.body ?? '', /silent for \**10 hours/);
    assert.match(back?.message.body ?? '', /About 10 deliveries/);
    assert.ok(back?.message.actions.some(({ label }) => label === 'Recover'));
  });

  it('has what failed meanwhile fetched with a token, each once, and taken as if it had arrived', async () => {
    const at = (hours: number) => new Date(clock.now().getTime() - hours * HOUR);
    const kept = (id: number, hours: number, status: number, guid = `guid-${id}`) =>
      github.keep({ id, guid, event: 'push', payload: aPush({ id: guid }).payload, deliveredAt: at(hours), status });
    kept(1, 30, 0);
    kept(2, 9, 0);
    kept(3, 8, 502);
    kept(4, 7, 0, 'guid-again');
    kept(5, 6, 200, 'guid-again');
    kept(6, 5, 200);
    kept(7, 4, 0, 'b');
    // Its like may come again within minutes, so that only its id tells whether it is here.
    const joined = { action: 'added', member: { login: 'mona' }, repository: { full_name: 'acme/api' } };
    github.keep({ id: 8, guid: 'guid-8', event: 'member', payload: joined, deliveredAt: at(3), status: 0 });

    const asking = await world.type('/webhook recover api');
    assert.deepEqual(asking.form?.ask[0], 'token');
    const wrong = await world.type('/webhook recover api token=github_pat_wrong');
    assert.equal(wrong.data.code, 'token_refused');
    const found = await world.type(`/webhook recover api token=${TOKEN} since=10h`);
    await world.settled();
    assert.deepEqual([found.data.failed, found.data.taken, found.data.known, found.data.refused], [5, 3, 2, []]);
    // The test that was sent has an id of its own.
    const ids = (await world.events()).map(({ deliveryId }) => deliveryId).filter((id) => id.length < 20);
    assert.deepEqual(ids.toSorted(), ['a', 'b', 'guid-2', 'guid-3', 'guid-8', 'guid-9']);
    assert.ok((await world.events()).every(({ state }) => state === 'posted'));

    clock.advance(5 * MINUTE);
    const again = await world.type('/webhook recover api since=10h');
    assert.deepEqual([again.data.taken, again.data.known], [0, 5]);
    assert.ok(github.asked.every((path) => path.startsWith('/repos/acme/api/hooks')));
  });

  it('keeps the token sealed, shows it nowhere, and forgets it', async () => {
    const file = join(world.folder, 'settings.json');
    assert.doesNotMatch(await readFile(file, 'utf8'), new RegExp(TOKEN));
    assert.match(await readFile(file, 'utf8'), /"apiToken"/);
    for (const line of ['show api', 'audit', 'recover api']) {
      assert.doesNotMatch(JSON.stringify(await world.type(`/webhook ${line}`)), new RegExp(TOKEN));
    }
    await world.type('/webhook recover api forget');
    assert.doesNotMatch(await readFile(file, 'utf8'), /"apiToken"/);
    assert.deepEqual((await world.type('/webhook recover api')).form?.ask[0], 'token');
  });

  it('is not mentioned where nobody wants to know', async () => {
    await world.type('/webhook expect api never');
    const before = (await notices()).length;
    clock.advance(10 * DAY);
    await look();
    clock.advance(MINUTE);
    await look();
    assert.equal((await notices()).length, before);
  });
});
