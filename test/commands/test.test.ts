import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCounters } from '../../src/core/counters.ts';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Relay } from '../../src/core/event/relay.ts';
import { toFreshDelivery } from '../../src/core/provider/fresh-delivery.ts';
import type { Provider } from '../../src/core/provider/provider.ts';
import type { Sample } from '../../src/core/provider/sample.ts';
import { noMask } from '../../src/core/settings/secret-mask.ts';
import { createReceiver } from '../../src/relay/receive.ts';
import { aCommandWorld, ann, dataOf, failureOf, providers } from '../doubles/command-world.ts';
import { fixedAddress } from '../doubles/fixed-address.ts';

const PUSH = aSample(
  'github',
  'push',
  { 'x-github-event': 'push', 'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958' },
  { ref: 'refs/heads/main' },
);

describe('/webhook test', () => {
  it('sends the sample signed through the public URL and reports each step', async () => {
    const world = await aListeningWorld();
    const reply = await world.say('test api');
    assert.deepEqual(stepsOf(reply.message.body), [
      '✅ Sent `push` to `https://hooks.example` (0 ms)',
      '✅ Verified by the secret (0 ms)',
      '✅ Kept as event `1` (0 ms)',
      '✅ Answered 202 (0 ms)',
      '✅ Posted in \\#ops (0 ms)',
    ]);
    assert.deepEqual([reply.message.title?.text, dataOf<{ ok: boolean }>(reply).ok], ['api works', true]);
  });

  it('is offered only where there is a sample to send', async () => {
    const world = await aCommandWorld();
    const offers = async (command: string) => {
      const { title, body, fields, actions } = (await world.say(command)).message;
      return /"Send a test"|webhook test [a-z]/.test(JSON.stringify([title, body, fields, actions]));
    };
    const everywhere = async (name: string, more = '') => [
      await offers(`rotate ${name} ${more}`),
      await offers(`show ${name}`),
      await offers(`history ${name}`),
      (await world.say(`why ${name}`)).message.actions.length > 0,
    ];
    await world.say('new ably as bare secret=app.key:thesecret');
    assert.deepEqual(await everywhere('bare', 'secret=app.key:another'), [false, false, false, false]);
    await world.say('new github as full');
    world.samples.set('github/push', PUSH);
    assert.deepEqual(await everywhere('full'), [true, true, true, true]);
  });

  it('can be sent again at once', async () => {
    const world = await aListeningWorld();
    for (const id of ['1', '2'])
      assert.equal(dataOf<{ eventId: string }>(await world.say('test api push')).eventId, id);
  });

  it('says why a delivery was refused', async () => {
    const world = await aListeningWorld();
    const { answer } = world.relay;
    world.relay.answer = (request) => answer({ ...request, body: Buffer.from('{"changed":true}') });
    const reply = await world.say('test api');
    assert.match(reply.message.body, /^- ❌ Sent `push` .*: answered 401\. Bellhop refused it: /);
    assert.equal(failureOf(reply).code, 'test_failed');
  });

  it('waits ten seconds at most for the channel', async () => {
    const world = await aListeningWorld({ settle: false });
    const before = world.clock.now().getTime();
    assert.match((await world.say('test api')).message.body, /❌ Not posted in \\#ops yet\. It is still being tried/);
    assert.ok(world.clock.now().getTime() - before <= 10_100);
  });

  const failures = {
    ECONNREFUSED: 'refuses the connection: nothing listens there. Set `PUBLIC_URL`',
    ENOTFOUND: 'has a host name that does not exist in DNS',
    EWEIRD: 'could not be reached (EWEIRD)',
  };
  for (const [code, words] of Object.entries(failures))
    it(`says what to do when the URL cannot be reached: ${code}`, async () => {
      const world = await aListeningWorld();
      world.relay.answer = () =>
        Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));
      assert.ok((await world.say('test api')).message.body.startsWith(`- ❌ \`https://hooks.example\` ${words}`));
    });

  it('says so when something else answers at the URL', async () => {
    const world = await aListeningWorld();
    world.relay.answer = async () => ({ status: 404, body: '' });
    assert.match((await world.say('test api')).message.body, /Something else answers at/);
    world.relay.answer = async () => ({ status: 202, body: '' });
    assert.match((await world.say('test api')).message.body, /not in the journal/);
  });

  it('names the samples there are', async () => {
    const world = await aListeningWorld();
    const reply = await world.say('test api psuh');
    assert.deepEqual(reply.data, { code: 'not_found', field: 'type' });
    assert.match(reply.message.body, /Did you mean `push`\? It can be `push`/);
  });

  it('needs the secret that the provider made', async () => {
    const world = await aListeningWorld();
    await world.anEndpoint('new stripe as charges');
    world.samples.set('stripe', aSample('stripe', 'charge.failed', {}, { id: 'evt_1', type: 'charge.failed' }));
    assert.equal(failureOf(await world.say('test charges')).code, 'secret_missing');
    assert.equal(failureOf(await world.say('test charges', { ...ann, role: 'outsider' })).code, 'forbidden');
  });

  it('says so where only the sender can sign', async () => {
    const world = await aListeningWorld();
    await world.anEndpoint('new aws-sns as alarms');
    world.samples.set('aws-sns', aSample('aws-sns', 'cloudwatch.alarm', {}, { Type: 'Notification', MessageId: '1' }));
    assert.equal(failureOf(await world.say('test alarms')).code, 'only_sender_signs');
  });

  it('has nothing to send for a provider without samples', async () => {
    const world = await aListeningWorld();
    await world.anEndpoint('new gitlab');
    assert.equal(failureOf(await world.say('test gitlab')).code, 'no_sample');
  });
});

describe('a sample', () => {
  const now = new Date('2026-01-05T12:00:00.000Z');
  const bodies = {
    'an id in a header': PUSH,
    'an id in the body': aSample(
      'stripe',
      'charge.failed',
      {},
      { id: 'evt_123', object: 'event', type: 'charge.failed' },
    ),
    'a date that is signed': aSample(
      'linear',
      'Issue.create',
      { 'linear-delivery': '234d1a4e-b617-4388-90fe-adc3633d6b72' },
      { action: 'create', type: 'Issue', webhookTimestamp: 1_676_056_940_508 },
    ),
    'a moment it began': aSample(
      'alertmanager',
      'firing',
      {},
      { groupKey: '{}', status: 'firing', alerts: [{ status: 'firing', startsAt: '2020-01-01T00:00:00Z' }] },
    ),
    'no id at all': aSample('generic', 'event', {}, { message: 'hello' }),
  };
  for (const [title, sample] of Object.entries(bodies))
    it(`with ${title} is genuine and new each time`, async () => {
      const { settings, say } = await aCommandWorld();
      await say(
        `new ${sample.provider} secret=whsec_MfKQ9r8GKYqTwjUPD8ILPZIo2LaLaSw1 ${sample.provider === 'generic' ? 'verify=hmac' : ''}`,
      );
      const [endpoint] = settings.current.endpoints;
      const provider = providerOf(sample.provider);
      const context = { url: 'https://hooks.example/in/x', options: endpoint?.options ?? {} };
      const secret = endpoint?.secrets[0]?.value ?? '';
      const twice = [now, new Date(now.getTime() + 1)].map((at) =>
        toFreshDelivery({ sample, provider, secret, context, now: at }),
      );
      const verdicts = await Promise.all(
        twice.map((each) => provider.signature.verify(parseDelivery(each), [secret], context)),
      );
      const ids = twice.map(
        (each) => provider.deliveryId?.(parseDelivery(each), context.options) ?? each.body.toString(),
      );
      assert.deepEqual([verdicts.map(({ ok }) => ok), new Set(ids).size], [[true, true], 2]);
    });
});

function providerOf(name: string): Provider {
  const provider = providers.get(name);
  if (!provider) throw new Error(`there is no provider ${name}`);
  return provider;
}

function stepsOf(body: string): readonly string[] {
  return body.split('\n').map((line) => line.replace(/^- /, ''));
}

function aSample(provider: string, type: string, headers: Sample['headers'], payload: unknown): Sample {
  return {
    provider,
    type,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(payload)),
  };
}

/** A world whose URL leads to the real receiver, and whose channels take everything at once. */
async function aListeningWorld({ settle = true } = {}) {
  const world = await aCommandWorld();
  const { journal, settings, clock } = world;
  const endpoint = await world.anEndpoint();
  world.samples.set('push', PUSH);
  const receiver = createReceiver({
    settings,
    journal,
    clock,
    providers: new Map([['github', providerOf('github')]]),
    counters: createCounters(),
    mask: noMask,
    address: fixedAddress,
    onKept: () => undefined,
    onMismatch: () => undefined,
  });
  world.relay.answer = async ({ url, method, headers, body }: Parameters<Relay['deliver']>[0]) => {
    const delivery = { method, url, headers, query: {}, body, receivedAt: clock.now(), remoteAddress: '127.0.0.1' };
    try {
      const receipt = await receiver.receive(url.split('/').at(-1) ?? '', delivery);
      if (receipt.outcome !== 'kept') return { status: 200, body: '' };
      const places = endpoint.routes.map(({ id, ...place }) => ({ ...place, routeId: id }));
      const posts = await journal.posts.decide([
        {
          eventId: receipt.events[0].id,
          about: { title: 'octocat pushed' },
          decision: {
            decidedAt: clock.now().toISOString(),
            steps: [{ step: 'verified', text: 'verified by the secret' }],
            routes: places.map((place) => ({ ...place, outcome: 'post', reason: 'routed' })),
          },
          posts: places.map((place) => ({
            ...place,
            state: 'due',
            eventId: receipt.events[0].id,
            endpointId: endpoint.id,
          })),
        },
      ]);
      if (settle)
        for (const { id } of posts)
          await journal.posts.settle(id, { state: 'posted', attempts: 1, ref: { channel: 'C-ops', id: 'm1' } });
      return { status: 202, body: '' };
    } catch (error) {
      if (error instanceof AppError) return { status: error.status, body: '' };
      throw error;
    }
  };
  return world;
}
