import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { systemClock } from '../../src/app/system-clock.ts';
import { DAY } from '../../src/core/text/duration.ts';
import { aPush, aWorld, type Endpoint, type ReplyBody, signed } from '../world.ts';

const world = await aWorld();
after(() => world[Symbol.asyncDispose]());

const STRIPE = 'whsec_made-by-the-sender-1234';
const EVENT = {
  id: 'evt_1',
  object: 'event',
  type: 'payment_intent.succeeded',
  created: 1_767_000_000,
  data: { object: { object: 'payment_intent', id: 'pi_1', status: 'succeeded', amount: 4200, currency: 'eur' } },
};

const labels = ({ message }: Pick<ReplyBody, 'message'>) => message.actions.map(({ label }) => label);

async function pending(words: string): Promise<Endpoint> {
  const reply = await world.type(`/webhook new ${words}`);
  assert.match(reply.text, /waits for its first delivery/);
  assert.ok(reply.data.endpoint);
  return reply.data.endpoint;
}

const push = (endpoint: Endpoint, secret = 'somebody-elses-secret', { headers, payload } = aPush()) => {
  const body = Buffer.from(JSON.stringify(payload));
  const as = { provider: 'github', url: endpoint.url };
  return fetch(endpoint.url, {
    method: 'POST',
    headers: signed(as, { headers, body, secret }),
    body: new Uint8Array(body),
  });
};

const pay = (endpoint: Endpoint, secret: string, id = 'evt_1') => {
  const body = Buffer.from(JSON.stringify({ ...EVENT, id }));
  const as = { provider: 'stripe', url: endpoint.url };
  return fetch(endpoint.url, {
    method: 'POST',
    headers: signed(as, { headers: {}, body, secret }),
    body: new Uint8Array(body),
  });
};

const texts = async (channel: string) => (await world.messages(channel)).map(({ text }) => text);

describe('an endpoint without a provider', () => {
  it('holds what comes and says who it looks like, and posts nothing of it', async () => {
    const endpoint = await pending('in #first as first');
    const answer = await push(endpoint);
    assert.deepEqual([answer.status, await answer.json()], [202, { outcome: 'held' }]);
    await push(endpoint);
    await world.settled();
    const [notice, ...others] = await world.messages('first');
    assert.deepEqual(others, []);
    assert.match(notice?.message.body ?? '', /looks like a delivery of GitHub/);
    assert.doesNotMatch(JSON.stringify(notice), /Fix the door|octocat/);
    assert.deepEqual(await world.events(`endpoint=${endpoint.id}`), []);
    const why = await world.type('/webhook why first');
    for (const reply of [why, await world.type('/webhook why-not first')])
      assert.match(reply.text, /holds 2 requests and has posted nothing of it: nobody has said yet who sends/);
    const look = await world.click(notice ?? { message: { actions: [] } }, /^Look at it/);
    assert.equal(look.visibleTo, 'caller');
    assert.match(look.text, /2 deliveries are held.*its message would be:.*octocat.*Fix the door/s);
    assert.ok(labels(look).includes('It is GitHub'), labels(look).join());
  });

  it('becomes one of GitHub by a button: the secret is shown, and what came before it is posted only if the owner says so', async () => {
    const endpoint = await pending('in #second as second');
    await push(endpoint);
    await world.settled();
    const [notice] = await world.messages('second');
    const reply = await world.click(notice ?? { message: { actions: [] } }, /^It is GitHub/);
    const made = reply.data.endpoint;
    assert.deepEqual([made?.provider, made?.url], ['github', endpoint.url]);
    assert.match(reply.text, /came before GitHub had the secret.*Nothing of that is posted unless you say so/s);
    assert.equal((await push(endpoint, made?.secret)).status, 202);
    assert.equal((await push(endpoint, 'wrong')).status, 401);
    await world.settled();
    assert.equal((await texts('second')).length, 2);
    await world.click(reply, /^Post it unverified/);
    await world.settled();
    const last = (await world.messages('second')).at(-1);
    assert.match(last?.message.title?.text ?? '', /^Not verified: .*octocat/);
    const why = await world.type('/webhook why second');
    assert.match(why.text, /not verified: it came before anybody said who sends it/);
    assert.match((await world.type('/webhook sender second')).text, /already accepts webhooks from github/);
    assert.match((await world.type('/webhook audit')).text, /posted without verification/);
  });

  it('asks for the secret where the sender makes it, and verifies what it holds', async () => {
    const endpoint = await pending('in #third as third');
    await pay(endpoint, STRIPE);
    await pay(endpoint, 'whsec_of-an-impostor-4321', 'evt_2');
    await world.settled();
    const [notice] = await world.messages('third');
    const form = await world.click(notice ?? { message: { actions: [] } }, /^It is Stripe/);
    assert.deepEqual(form.form?.ask, ['secret']);
    const reply = await world.type(`/webhook sender third stripe secret=${STRIPE}`);
    assert.match(reply.text, /The held delivery was accepted.*1 held request could not be verified/s);
    assert.doesNotMatch(JSON.stringify(reply), new RegExp(STRIPE));
    await world.settled();
    assert.equal((await world.events(`endpoint=${endpoint.id}`)).length, 1);
    await world.click(reply, /^Throw away/);
    assert.match((await world.type('/webhook sender third')).text, /already accepts webhooks from stripe/);
  });

  it('takes a secret that was given with the URL', async () => {
    const endpoint = await pending(`in #fourth as fourth secret=${STRIPE}`);
    await pay(endpoint, STRIPE);
    const reply = await world.type('/webhook sender fourth stripe');
    assert.match(reply.text, /The held delivery was accepted/);
    assert.equal((await pay(endpoint, STRIPE, 'evt_3')).status, 202);
  });

  it('takes anything, where its owner says so', async () => {
    const endpoint = await pending('in #fifth as fifth');
    await fetch(endpoint.url, { method: 'POST', body: '{"title":"The door is open"}' });
    const other = await world.type('/webhook sender fifth other');
    assert.deepEqual(other.form?.ask, ['provider', 'secret', 'choices']);
    await world.type('/webhook sender fifth generic');
    await world.settled();
    assert.match((await texts('fifth')).at(-1) ?? '', /The door is open/);
  });

  it('finds the scheme of what it holds with the secret alone', async () => {
    const endpoint = await pending('in #sixth as sixth');
    const body = '{"event":"door.opened"}';
    const proof = createHmac('sha256', 'acme-signs-with-this').update(body).digest('hex');
    await fetch(endpoint.url, { method: 'POST', headers: { 'x-acme': proof }, body });
    const reply = await world.type('/webhook sender sixth secret=acme-signs-with-this');
    assert.match(reply.text, /header=x-acme/);
    const after = await world.click(reply, /^It is Custom/);
    assert.match(after.text, /The held delivery was accepted/);
  });

  it('answers no question that needs a secret or takes one in, and names who asked', async () => {
    const endpoint = await pending('in #seventh as seventh');
    const given = await fetch(endpoint.url, {
      method: 'POST',
      headers: { 'x-hook-secret': 'stranger-secret-1234' },
      body: '',
    });
    assert.deepEqual([given.status, given.headers.get('x-hook-secret')], [202, null]);
    const echo = await fetch(`${endpoint.url}?challenge=say-this`);
    assert.doesNotMatch(await echo.text(), /say-this/);
    assert.equal((await fetch(endpoint.url, { method: 'HEAD' })).status, 200);
    assert.equal((await fetch(endpoint.url)).status, 405);
    const reply = await world.type('/webhook sender seventh asana');
    assert.match(reply.text, /have it check again/);
    const shown = await world.type('/webhook show seventh secret');
    assert.match(shown.text, /no secret that can be shown/);
  });

  it('holds no more than twenty, refuses the rest, and keeps them sealed', async () => {
    const endpoint = await pending('in #eighth as eighth');
    const flood = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        fetch(endpoint.url, { method: 'POST', headers: { 'x-gitlab-token': `seen-nowhere-${index}` }, body: '{}' }),
      ),
    );
    const statuses = flood.map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 202).length, 20);
    assert.equal(statuses.filter((status) => status === 429).length, 40);
    assert.ok(Number(flood.find(({ status }) => status === 429)?.headers.get('retry-after')) > 60);
    const large = await fetch(endpoint.url, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
    assert.equal(large.status, 413);
    for (const file of ['journal.db', 'journal.db-wal'])
      assert.equal((await readFile(join(world.folder, file))).includes('seen-nowhere'), false, file);
    await world.settled();
    assert.equal((await world.messages('eighth')).length, 1);
    await world.click(await world.type('/webhook delete eighth'), /Delete/);
    assert.equal((await fetch(endpoint.url, { method: 'POST', body: '{}' })).status, 404);
  });

  it('is looked at, named and settled by its owners alone', async () => {
    const endpoint = await pending('in #ninth as ninth');
    await push(endpoint);
    const eve = { platform: 'local', channel: 'ninth', channelName: 'ninth', user: 'eve', userName: 'Eve' } as const;
    for (const words of ['', 'github', 'held=discard', 'secret=guessed-by-eve']) {
      const reply = await world.app.run({ text: `/webhook sender ninth ${words}` }, { ...eve, role: 'member' });
      assert.match(reply.message.body, /Only an owner of|no endpoint/, words);
    }
  });

  it('keeps a packed body as it was signed: Nylas', async () => {
    const endpoint = await pending('in #tenth as tenth');
    const body = gzipSync('{"id":"n-1","type":"message.created","data":{"application_id":"app"}}');
    const proof = createHmac('sha256', 'nylas-secret').update(body).digest('hex');
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json', 'x-nylas-signature': proof };
    await fetch(endpoint.url, { method: 'POST', headers, body });
    const reply = await world.type('/webhook sender tenth nylas secret=nylas-secret');
    assert.match(reply.text, /The held delivery was accepted/);
    assert.equal((await fetch(endpoint.url, { method: 'POST', headers, body })).status, 200);
    const { 'content-encoding': _, ...unnamed } = headers;
    const other = gzipSync('{"id":"n-2","type":"message.created","data":{}}');
    const again = createHmac('sha256', 'nylas-secret').update(other).digest('hex');
    const answer = await fetch(endpoint.url, {
      method: 'POST',
      headers: { ...unnamed, 'x-nylas-signature': again },
      body: other,
    });
    assert.equal(answer.status, 202);
    await world.settled();
    assert.deepEqual(
      (await world.events(`endpoint=${endpoint.id}`)).map(({ type }) => type),
      ['message.created', 'message.created'],
    );
  });
});

describe('an endpoint that nobody names', () => {
  it('is deleted after a week, and its channel is told', async () => {
    let ahead = 0;
    await using later = await aWorld({ clock: { ...systemClock, now: () => new Date(Date.now() + ahead) } });
    const { data } = await later.type('/webhook new in #late as late');
    const url = data.endpoint?.url ?? '';
    await fetch(url, { method: 'POST', body: '{}' });
    await later.type('/webhook new github in #late as named');
    ahead = 6 * DAY;
    await later.app.relay.expirePending();
    assert.equal((await fetch(url, { method: 'POST', body: '{}' })).status, 202);
    ahead = 7 * DAY + 1000;
    await later.app.relay.expirePending();
    await later.settled();
    assert.equal((await fetch(url, { method: 'POST', body: '{}' })).status, 404);
    const last = (await later.messages('late')).at(-1);
    assert.match(last?.text ?? '', /late: nobody named its sender/);
    assert.match((await later.type('/webhook list')).text, /named/);
  });

  it('holds what it held, and is announced once, after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bellhop-'));
    after(() => rm(folder, { recursive: true, force: true }));
    let url = '';
    {
      await using first = await aWorld({ folder });
      url = (await first.type('/webhook new in #again as again')).data.endpoint?.url ?? '';
      await fetch(url, { method: 'POST', body: '{"title":"Still here"}' });
      await first.settled();
    }
    await using second = await aWorld({ folder });
    await second.settled();
    assert.equal((await second.messages('again')).length, 1);
    await second.type('/webhook sender again generic');
    await second.settled();
    assert.match((await second.messages('again')).at(-1)?.text ?? '', /Still here/);
  });
});
