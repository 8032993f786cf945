import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { systemClock } from '../../src/app/system-clock.ts';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import { nameEvent, UNNAMED } from '../../src/core/provider/name-event.ts';
import { aPush, aWorld, providers, type World } from '../world.ts';

const DAY = 86_400_000;

describe('deliveries without an id', () => {
  const differing: Readonly<
    Record<string, readonly [RequestInit & { query?: string }, RequestInit & { query?: string }]>
  > = {
    'in the query': [{ query: '?event=deploy&status=ok' }, { query: '?event=deploy&status=failed' }],
    'in the method': [
      { method: 'POST', body: '{"x":1}' },
      { method: 'PUT', body: '{"x":1}' },
    ],
    'in the header that names the event': [
      { method: 'POST', body: '{"x":1}', headers: { 'x-event': 'started' } },
      { method: 'POST', body: '{"x":1}', headers: { 'x-event': 'failed' } },
    ],
    'in a header that says what happened, beside a type in the body': [
      { method: 'POST', body: '{"type":"x"}', headers: { 'ce-subject': 'a', 'x-alert-status': 'up' } },
      { method: 'POST', body: '{"type":"x"}', headers: { 'ce-subject': 'a', 'x-alert-status': 'down' } },
    ],
    'in the body': [
      { method: 'POST', body: '{"x":1}' },
      { method: 'POST', body: '{"x":2}' },
    ],
  };
  for (const [where, requests] of Object.entries(differing))
    it(`are different events where they differ ${where}`, async () => {
      await using world = await aWorld();
      const { url } = await world.endpoint('generic');
      for (const { query = '', ...request } of requests)
        assert.equal((await fetch(url + query, request)).status, 202, JSON.stringify({ query, ...request }));
      assert.equal((await world.events()).length, 2);
    });

  it('are repeats when they differ only in how they travelled', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('generic');
    const send = (attempt: number) =>
      fetch(`${url}?b=2&a=1`, {
        method: 'POST',
        body: '{"x":1}',
        headers: { 'x-request-id': `${attempt}`, 'x-attempt': `${attempt}`, traceparent: `00-${attempt}` },
      });
    assert.deepEqual([(await send(1)).status, (await send(2)).status], [202, 200]);
  });

  it('are no repeats after a few minutes: a sender may mean the same words twice', async () => {
    const { clock, pass } = aClock();
    await using world = await aWorld({ clock });
    const { url } = await world.endpoint('generic');
    const send = async () => (await fetch(url, { method: 'POST', body: '{"status":"down"}' })).status;
    assert.deepEqual([await send(), await send()], [202, 200]);
    pass(5 * 60_000);
    assert.equal(await send(), 202);
  });
});

describe('a captured delivery', () => {
  const sent = {
    github: { headers: aPush().headers, id: 'x-github-delivery', payload: aPush().payload },
    bitbucket: { headers: { 'x-event-key': 'repo:push' }, id: 'x-request-uuid', payload: { push: { changes: [] } } },
    gitea: { headers: { 'x-gitea-event': 'fork' }, id: 'x-gitea-delivery', payload: { forkee: { full_name: 'a/b' } } },
    gitlab: { headers: { 'x-gitlab-event': 'Push Hook' }, id: 'idempotency-key', payload: { object_kind: 'push' } },
    linear: {
      headers: { 'linear-event': 'Issue' },
      id: 'linear-delivery',
      payload: { type: 'Issue', action: 'create' },
    },
    pagerduty: {
      headers: {},
      id: 'x-webhook-id',
      payload: { event: { id: 'E1', event_type: 'incident.triggered' } },
    },
    sentry: { headers: { 'sentry-hook-resource': 'issue' }, id: 'request-id', payload: { data: { issue: { id: 1 } } } },
    shopify: { headers: { 'x-shopify-topic': 'orders/create' }, id: 'x-shopify-webhook-id', payload: { id: 1 } },
  } as const;
  for (const [provider, { headers, id, payload }] of Object.entries(sent))
    it(`stays the same event whatever id is claimed for it: ${provider}`, async () => {
      await using world = await aWorld();
      const endpoint = await anEndpoint(world, provider);
      // Linear says when it sent this, and is refused a minute later.
      const sending = { ...payload, webhookTimestamp: Date.now() };
      const send = async (claimed: string, query = '') =>
        (
          await world.deliver(
            { ...endpoint, url: endpoint.url + query },
            { payload: sending, headers: { ...headers, [id]: claimed } },
          )
        ).status;
      assert.deepEqual([await send('first'), await send('second'), await send('third', '?again=1')], [202, 200, 200]);
    });

  it('stays the same event whatever type is claimed for it, for as long as a repeat counts', async () => {
    const { clock, pass } = aClock();
    await using world = await aWorld({ clock });
    const endpoint = await world.endpoint('github');
    const send = async (type: string) =>
      (await world.deliver(endpoint, { payload: { label: {} }, headers: { 'x-github-event': type } })).status;
    assert.equal(await send('label'), 202);
    pass(6 * DAY);
    assert.equal(await send('something_new'), 200);
    pass(2 * DAY);
    assert.equal(await send('label'), 202);
  });

  it('cannot pass for another by the capitals of its signature', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('gitea');
    const body = '{"forkee":{}}';
    const first = await world.deliver(endpoint, { body, headers: { 'x-gitea-event': 'fork' } });
    const signature = providers
      .get('gitea')
      ?.signature.sign(aDelivery(body, {}), endpoint.secret, { url: '', options: {} })['x-gitea-signature'];
    const loud = { 'x-gitea-event': 'fork', 'x-gitea-signature': String(signature).toUpperCase() };
    const again = await fetch(endpoint.url, { method: 'POST', body, headers: loud });
    assert.deepEqual([first.status, again.status], [202, 200]);
  });

  it('cannot borrow an id that was not signed: Standard Webhooks', () => {
    const { deliveryId } = providers.get('standard-webhooks') ?? {};
    const headers = { 'svix-id': 'signed', 'svix-signature': 'v1,x', 'webhook-id': 'claimed' };
    assert.equal(deliveryId?.(aDelivery('{}', headers)), 'signed');
  });

  it('is another event where bodies recur, and the id says so', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic', 'verify=hmac');
    const send = async (id: string) =>
      (await fetch(endpoint.url, { method: 'POST', body: '{"status":"down"}', headers: await signedFor(endpoint, id) }))
        .status;
    assert.deepEqual([await send('1'), await send('2'), await send('2')], [202, 202, 200]);
  });

  it('is no repeat for long where a sender uses the same words again: a branch that moves to and fro', async () => {
    const { clock, pass } = aClock();
    await using world = await aWorld({ clock });
    const endpoint = await world.endpoint('gitlab');
    const send = async (id: string) =>
      (await world.deliver(endpoint, { payload: { object_kind: 'tag_push' }, headers: { 'idempotency-key': id } }))
        .status;
    assert.deepEqual([await send('1'), await send('2')], [202, 200]);
    pass(61_000);
    assert.equal(await send('3'), 202);
  });

  it('is a retry when only the date in it changed: Linear', () => {
    const linear = providers.get('linear');
    assert.ok(linear);
    const keys = [1, 2].map((webhookTimestamp) => {
      const body = JSON.stringify({ type: 'Issue', createdAt: '2026-05-01', webhookTimestamp });
      return nameEvent(aDelivery(body, { 'linear-delivery': 'same' }), linear, {}).repeatKey;
    });
    assert.equal(keys[0], keys[1]);
  });

  it('keeps its delivery id, by which people look for it', async () => {
    await using world = await aWorld();
    await world.deliver(await world.endpoint('github'), aPush({ id: '72d3162e-cc78' }));
    assert.deepEqual(
      (await world.events()).map(({ deliveryId }) => deliveryId),
      ['72d3162e-cc78'],
    );
    await world.settled();
    assert.match((await world.type('/webhook why 72d3162e-cc78')).text, /Fix the door/);
  });

  it('of an order may come under two topics that it fits: Shopify sends the same for its creation and its payment', async () => {
    await using world = await aWorld();
    const endpoint = await anEndpoint(world, 'shopify');
    const payload = { id: 1, line_items: [], financial_status: 'paid', order_number: 1001, cancelled_at: null };
    const send = async (topic: string) =>
      (await world.deliver(endpoint, { payload, headers: { 'x-shopify-topic': topic } })).status;
    assert.deepEqual([await send('orders/create'), await send('orders/paid')], [202, 202]);
    assert.equal(await send('orders/cancelled'), 401);
  });
});

describe('a type in a header that no signature covers', () => {
  it('is refused where the body is plainly of another, with the reason for the owner', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    const headers = { 'x-github-event': 'repository_vulnerability_alert', 'x-github-delivery': 'forged' };
    const response = await world.deliver(endpoint, { ...aPush(), headers });
    assert.deepEqual(
      [response.status, await response.json()],
      [401, { code: 'unauthorized', message: 'This delivery could not be verified.' }],
    );
    assert.equal(
      (await world.refusals())[0]?.reason,
      'a header calls it `repository_vulnerability_alert`, but the body is that of `push`',
    );
    await world.settled();
    assert.deepEqual(await world.messages(), []);
  });

  it('is no sign of a wrong secret, however often it comes', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    for (let times = 0; times < 8; times++)
      await world.deliver(endpoint, { ...aPush(), headers: { 'x-github-event': 'issues' } });
    await world.settled();
    assert.deepEqual(await world.messages(), []);
  });

  it('is taken where the body has a shape nobody described', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github');
    for (const [type, payload] of [
      ['push', { surprise: true }],
      ['something_new', { issue: { number: 1 } }],
      ['issues', ['a list']],
    ] as const)
      assert.equal((await world.deliver(endpoint, { payload, headers: { 'x-github-event': type } })).status, 202, type);
  });

  const templates = join(import.meta.dirname, '../../templates');
  for (const [name, provider] of providers)
    if (provider.contradicts)
      it(`fits every sample that Bellhop brings along: ${name}`, () => {
        const files = readdirSync(join(templates, name)).filter((file) => file.endsWith('.json'));
        for (const file of files) {
          const { headers = {}, payload } = JSON.parse(readFileSync(join(templates, name, file), 'utf8'));
          const delivery = aDelivery(JSON.stringify(payload), lowered(headers));
          const type = provider.eventType(delivery, {}) ?? UNNAMED;
          assert.equal(provider.contradicts?.(delivery, type), undefined, file);
        }
      });
});

describe('why an event was posted', () => {
  const covered = {
    github: /it signs the body, not the delivery id or any other header/,
    gitlab: /it is sent along and signs nothing/,
    stripe: /it signs the time and body, not the delivery id/,
    'standard-webhooks': /it signs the id, time and body$/m,
    generic: /nothing is signed: only the secret URL protects it/,
  };
  for (const [provider, expected] of Object.entries(covered))
    it(`says which parts of it are proven: ${provider}`, async () => {
      await using world = await aWorld();
      await world.deliver(await anEndpoint(world, provider), { payload: { id: 'evt_1', type: 'x' } });
      await world.settled();
      assert.match((await world.type('/webhook why 1')).text, expected);
    });
});

/** The real clock, which a test can set forward. */
function aClock() {
  let ahead = 0;
  return {
    clock: { ...systemClock, now: () => new Date(Date.now() + ahead) },
    pass(milliseconds: number) {
      ahead += milliseconds;
    },
  };
}

function anEndpoint(world: World, provider: string) {
  const { secret, makeSecret } = providers.get(provider) ?? {};
  return world.endpoint(provider, secret === 'theirs' ? `secret=${makeSecret?.() ?? 'theirs-0123456789'}` : '');
}

function aDelivery(body: string, headers: Record<string, string>) {
  return parseDelivery({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/json', ...headers },
    query: {},
    body: Buffer.from(body),
    receivedAt: new Date(),
    remoteAddress: '',
  });
}

async function signedFor({ secret }: { secret: string }, id: string): Promise<Record<string, string>> {
  const delivery = aDelivery('{"status":"down"}', {});
  const signed = providers.get('generic')?.signature.sign(delivery, secret, { url: '', options: { verify: 'hmac' } });
  return { 'content-type': 'application/json', 'x-delivery-id': id, ...signed };
}

function lowered(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
