import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:http';
import { after, describe, it } from 'node:test';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import { toSigned } from '../../src/core/provider/fresh-delivery.ts';
import { encrypted } from '../../src/signatures/own/lark.ts';
import { secretsOf } from '../doubles/provider-secrets.ts';
import { certificate, rsa } from '../doubles/test-keys.ts';
import { aWorld, type Endpoint, providers } from '../world.ts';

interface Question {
  readonly method?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether it is signed like a delivery. */
  readonly signed?: true;
}

interface Reply {
  readonly status: number;
  readonly type?: string | undefined;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

type Ask = (endpoint: Endpoint) => Question;
type Check = (reply: Reply, endpoint: Endpoint) => void;

/** One endpoint of each, in one world, for no handshake leaves anything that another would meet. */
const fetched: string[] = [];
const world = await aWorld({
  fetch: async ({ url }) => {
    fetched.push(url);
    return certificate;
  },
});
after(() => world[Symbol.asyncDispose]());

const says =
  (body: string, status = 200): Check =>
  (reply) => {
    assert.deepEqual([reply.status, reply.body], [status, body]);
    assert.equal(reply.headers['x-content-type-options'], 'nosniff');
  };
const saysJson =
  (value: (endpoint: Endpoint) => unknown): Check =>
  (reply, endpoint) => {
    assert.equal(reply.status, 200, reply.body);
    assert.match(reply.type ?? '', /^application\/json/);
    assert.deepEqual(JSON.parse(reply.body), value(endpoint));
  };
const json = (payload: unknown, more: Question = {}): Question => ({ ...more, body: JSON.stringify(payload) });
const hex = (secret: string, text: string, algorithm = 'sha256') =>
  createHmac(algorithm, secret).update(text).digest('hex');
const tokenOf = ({ url }: Endpoint) => url.split('/in/')[1] ?? '';
const hub = (token: string) => `?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`;

/** What each sender asks, and the exact answer. */
const HANDSHAKES: Readonly<Record<string, readonly (readonly [Ask, Check])[]>> = {
  'adobe-io-events': [[() => ({ method: 'GET', query: '?challenge=8a12-b3' }), says('8a12-b3')]],
  'adobe-sign': [
    [
      ({ secret }) => ({ method: 'GET', headers: { 'x-adobesign-clientid': secret } }),
      (reply, { secret }) => assert.deepEqual([reply.status, reply.headers['x-adobesign-clientid']], [200, secret]),
    ],
  ],
  'azure-event-grid': [
    [
      () =>
        json([{ eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent', data: { validationCode: '512d38b6' } }]),
      saysJson(() => ({ validationResponse: '512d38b6' })),
    ],
    [
      () => ({
        method: 'OPTIONS',
        headers: { 'webhook-request-origin': 'eventgrid.azure.net', 'webhook-request-rate': '120' },
      }),
      (reply) =>
        assert.deepEqual([reply.status, reply.headers['webhook-allowed-origin']], [200, 'eventgrid.azure.net']),
    ],
  ],
  bitbucket: [
    [
      () => json({ test: true }, { headers: { 'x-event-key': 'diagnostics:ping' }, signed: true }),
      ({ status }) => assert.ok(status < 300),
    ],
  ],
  braintree: [
    [
      () => ({ method: 'GET', query: '?bt_challenge=20f9f8ed05f77439fe955c977e4c8a53' }),
      ({ status, body }) => {
        const key = createHash('sha1').update('secret1').digest();
        const proof = createHmac('sha1', key).update('20f9f8ed05f77439fe955c977e4c8a53').digest('hex');
        assert.deepEqual([status, body], [200, `client1|${proof}`]);
      },
    ],
  ],
  'cloudevents-webhook': [
    [
      () => ({ method: 'OPTIONS', headers: { 'webhook-request-origin': 'sender.example' } }),
      (reply) => {
        assert.deepEqual([reply.status, reply.headers['webhook-allowed-origin']], [200, 'sender.example']);
        assert.match(String(reply.headers.allow), /POST/);
      },
    ],
  ],
  discord: [
    [
      () => json({ type: 0 }, { signed: true }),
      ({ status, body, type }) => assert.deepEqual([status, body, Boolean(type)], [204, '', true]),
    ],
    [() => json({ type: 1 }, { signed: true }), saysJson(() => ({ type: 1 }))],
    [() => json({ type: 1 }), ({ status }) => assert.equal(status, 401)],
  ],
  dropbox: [[() => ({ method: 'GET', query: '?challenge=abc-123' }), says('abc-123')]],
  ebay: [
    [
      () => ({ method: 'GET', query: '?challenge_code=71745723-9b5e' }),
      saysJson(({ url }) => ({
        challengeResponse: createHash('sha256').update(`71745723-9b5etoken-1${url}`).digest('hex'),
      })),
    ],
  ],
  figma: [[() => json({ event_type: 'PING' }, { signed: true }), says('')]],
  front: [[() => json({}, { headers: { 'x-front-challenge': 'word-1' } }), says('word-1')]],
  github: [
    [
      () =>
        json(
          { zen: 'Keep it logically awesome.', hook_id: 1 },
          { headers: { 'x-github-event': 'ping' }, signed: true },
        ),
      ({ status }) => assert.equal(status, 202),
    ],
  ],
  'google-channel': [[() => ({ headers: { 'x-goog-resource-state': 'sync' }, signed: true }), says('')]],
  grain: [[() => json({}), says('')]],
  intercom: [
    [() => ({ method: 'HEAD' }), ({ status }) => assert.equal(status, 200)],
    [() => json({ topic: 'ping' }, { signed: true }), says('')],
  ],
  'lark-feishu': [
    [
      () => json({ type: 'url_verification', challenge: 'ajls384', token: 'x' }),
      saysJson(() => ({ challenge: 'ajls384' })),
    ],
    [
      ({ secret }) => {
        const body = Buffer.from(JSON.stringify({ type: 'url_verification', challenge: 'packed' }));
        return { body: encrypted({ body }, secret, Buffer.alloc(16, 7)).toString() };
      },
      saysJson(() => ({ challenge: 'packed' })),
    ],
  ],
  line: [[() => json({ destination: 'U1', events: [] }, { signed: true }), says('')]],
  linkedin: [
    [
      () => ({ method: 'GET', query: '?challengeCode=890e4665-4dfe&applicationId=1' }),
      saysJson(({ secret }) => ({ challengeCode: '890e4665-4dfe', challengeResponse: hex(secret, '890e4665-4dfe') })),
    ],
  ],
  'mailchimp-marketing': [[() => ({ method: 'GET' }), ({ status }) => assert.equal(status, 200)]],
  mandrill: [
    [() => ({ method: 'HEAD' }), ({ status }) => assert.equal(status, 200)],
    [
      () => ({ body: 'mandrill_events=%5B%5D', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      says(''),
    ],
  ],
  meta: [
    [(endpoint) => ({ method: 'GET', query: hub(tokenOf(endpoint)) }), says('1158201444')],
    [() => ({ method: 'GET', query: hub('guess') }), ({ status }) => assert.equal(status, 403)],
    [() => ({ method: 'GET', query: hub('') }), ({ status }) => assert.equal(status, 403)],
  ],
  'microsoft-graph': [
    [() => ({ query: '?validationToken=Validation%3A+Testing+client' }), says('Validation: Testing client')],
  ],
  monday: [[() => json({ challenge: 'u7WyVbqxWz' }), saysJson(() => ({ challenge: 'u7WyVbqxWz' }))]],
  nylas: [[() => ({ method: 'GET', query: '?challenge=n-1' }), says('n-1')]],
  okta: [
    [
      () => ({ method: 'GET', headers: { 'x-okta-verification-challenge': 'okta-1' } }),
      saysJson(() => ({ verification: 'okta-1' })),
    ],
  ],
  onfleet: [[() => ({ method: 'GET', query: '?check=check-1' }), says('check-1')]],
  ringcentral: [
    [
      () => ({ headers: { 'validation-token': 'rc-1' } }),
      (reply) => assert.deepEqual([reply.status, reply.headers['validation-token']], [200, 'rc-1']),
    ],
  ],
  slack: [
    [() => json({ type: 'url_verification', challenge: '3eZbrw1a', token: 'x' }, { signed: true }), says('3eZbrw1a')],
    [
      () => json({ type: 'url_verification', challenge: '3eZbrw1a', token: 'x' }),
      ({ status }) => assert.equal(status, 401),
    ],
  ],
  snyk: [[() => json({ webhookId: 'w-1' }, { headers: { 'x-snyk-event': 'ping/v0' }, signed: true }), says('')]],
  sparkpost: [[() => ({ body: '[{"msys":{}}]' }), says('')]],
  surveymonkey: [[() => ({ method: 'HEAD' }), ({ status }) => assert.equal(status, 200)]],
  terraform: [[() => json({ run_id: null, notifications: [{ trigger: 'verification' }] }, { signed: true }), says('')]],
  trello: [[() => ({ method: 'HEAD' }), ({ status }) => assert.equal(status, 200)]],
  twitch: [
    [
      () =>
        json(
          { challenge: 'pogchamp-kappa', subscription: { id: '1' } },
          {
            headers: {
              'twitch-eventsub-message-type': 'webhook_callback_verification',
              'twitch-eventsub-message-id': 'm-1',
            },
            signed: true,
          },
        ),
      says('pogchamp-kappa'),
    ],
  ],
  whatsapp: [[(endpoint) => ({ method: 'GET', query: hub(tokenOf(endpoint)) }), says('1158201444')]],
  wise: [[() => json({}, { headers: { 'x-test-notification': 'true' } }), says('')]],
  woocommerce: [
    [() => ({ body: 'webhook_id=12', headers: { 'content-type': 'application/x-www-form-urlencoded' } }), says('')],
  ],
  worldline: [[() => ({ method: 'GET', headers: { 'x-gcs-webhooks-endpoint-verification': 'w-1' } }), says('w-1')]],
  'x-twitter': [
    [
      () => ({ method: 'GET', query: '?crc_token=MGEz' }),
      saysJson(({ secret }) => ({
        response_token: `sha256=${createHmac('sha256', secret).update('MGEz').digest('base64')}`,
      })),
    ],
    [
      () => ({ method: 'GET', query: `?crc_token=${encodeURIComponent('{"tweet":1}')}` }),
      ({ status }) => assert.equal(status, 405),
    ],
  ],
  xero: [
    [() => json({ events: [] }, { signed: true }), says('')],
    [
      () => json({ events: [] }, { headers: { 'x-xero-signature': 'd3Jvbmc=' } }),
      ({ status }) => assert.equal(status, 401),
    ],
  ],
  zoom: [
    [
      () => json({ event: 'endpoint.url_validation', payload: { plainToken: 'qgg8vlvZRS6U' } }, { signed: true }),
      saysJson(({ secret }) => ({ plainToken: 'qgg8vlvZRS6U', encryptedToken: hex(secret, 'qgg8vlvZRS6U') })),
    ],
    [
      () => json({ event: 'endpoint.url_validation', payload: { plainToken: 'qgg8vlvZRS6U' } }),
      ({ status }) => assert.equal(status, 401),
    ],
    [
      ({ secret }) =>
        json(
          { event: 'endpoint.url_validation', payload: { plainToken: `v0:1:${secret.slice(0, 3)}` } },
          { signed: true },
        ),
      ({ body }) => assert.doesNotMatch(body, /encryptedToken/),
    ],
  ],
};

describe('the handshake of', () => {
  for (const [name, exchanges] of Object.entries(HANDSHAKES))
    it(name, async () => {
      const endpoint = await anEndpoint(name);
      for (const [ask, check] of exchanges) check(await send(endpoint, ask(endpoint)), endpoint);
      await world.settled();
      const ownEvents = (await world.events('limit=100')).filter(({ type }) => type === 'handshake');
      assert.ok(ownEvents.every(({ state }) => state === 'dropped'));
    });

  it('every provider that has one is tried here', () => {
    const tried = [...Object.keys(HANDSHAKES), 'asana', 'notion', 'aws-sns', 'generic'];
    assert.deepEqual(
      [...providers].filter(([name, { handshake }]) => handshake && !tried.includes(name)).map(([name]) => name),
      [],
    );
  });

  it('none posts anything, pings neither, and each is kept once a minute', async () => {
    assert.deepEqual(await world.messages('handshakes'), []);
    const endpoint = await anEndpoint('dropbox', 'as repeated');
    for (let time = 0; time < 5; time++) await send(endpoint, { method: 'GET', query: `?challenge=c${time}` });
    await world.settled();
    assert.equal((await world.events(`endpoint=${endpoint.id}&limit=50`)).length, 1);
  });

  it('an echo is short, of one line, and never a page', async () => {
    const endpoint = await anEndpoint('dropbox', 'as echo');
    for (const word of ['<script>alert(1)</script>', 'a\nb', 'x'.repeat(2_000), ''])
      assert.notEqual(
        (await send(endpoint, { method: 'GET', query: `?challenge=${encodeURIComponent(word)}` })).status,
        200,
        word,
      );
  });
});

describe('a secret that the provider gives by itself', () => {
  it('is taken once, from the first request, and never replaced: Asana', async () => {
    const endpoint = await world.endpoint('asana', 'in #asana');
    const first = await send(endpoint, { headers: { 'x-hook-secret': 'b537207f20cbfa02357cf448134da559' } });
    assert.deepEqual([first.status, first.headers['x-hook-secret']], [200, 'b537207f20cbfa02357cf448134da559']);
    const second = await send(endpoint, { headers: { 'x-hook-secret': 'another-secret-of-a-stranger' } });
    assert.deepEqual([second.status, second.headers['x-hook-secret']], [401, undefined]);
    const genuine = { ...endpoint, secret: 'b537207f20cbfa02357cf448134da559' };
    assert.equal((await send(genuine, json({ events: [] }, { signed: true }))).status, 200);
    const event = { action: 'changed', user: { gid: '1' }, resource: { gid: '2', resource_type: 'task' } };
    assert.equal((await send(genuine, json({ events: [event] }, { signed: true }))).status, 202);
    await world.settled();
    assert.match(JSON.stringify(await world.messages('asana')), /the secret is here/);
    assert.match((await world.type('/webhook audit')).text, /took the secret/);
  });

  it('is that of one request only, where several come at once', async () => {
    const endpoint = await world.endpoint('asana', 'in #asana as racing');
    const secrets = Array.from({ length: 5 }, (_, index) => `secret-number-${index}-of-a-race`);
    const replies = await Promise.all(
      secrets.map((secret) => send(endpoint, { headers: { 'x-hook-secret': secret } })),
    );
    assert.deepEqual(replies.map(({ status }) => status).toSorted(), [200, 401, 401, 401, 401]);
    const taken = secrets[replies.findIndex(({ status }) => status === 200)] ?? '';
    assert.equal((await send({ ...endpoint, secret: taken }, json({ events: [] }, { signed: true }))).status, 200);
  });

  it('is shown to an owner until it is used, for Notion wants it back', async () => {
    const endpoint = await world.endpoint('notion', 'in #notion');
    const token = 'secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl';
    assert.equal((await send(endpoint, json({ verification_token: token }))).status, 200);
    assert.match(
      JSON.stringify((await world.type(`/webhook show ${endpoint.name} secret`)).message),
      new RegExp(token),
    );
    const shown = JSON.stringify([await world.events('limit=50'), await world.messages('notion')]);
    assert.ok(!shown.includes(token));
    const genuine = { ...endpoint, secret: token };
    assert.equal(
      (await send(genuine, json({ id: 'n-1', type: 'page.created', entity: { id: 'p' } }, { signed: true }))).status,
      202,
    );
    assert.match((await world.type(`/webhook show ${endpoint.name} secret`)).text, /no secret that can be shown/);
  });
});

describe('a subscription of Amazon SNS', () => {
  const confirmation = (topic: string, more: object = {}) => ({
    Type: 'SubscriptionConfirmation',
    MessageId: '165545c9',
    Token: '2336412f37',
    TopicArn: topic,
    Message: 'You have chosen to subscribe',
    SubscribeURL: 'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37',
    SigningCertURL: 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem',
    ...more,
  });
  const sns = (endpoint: Endpoint, payload: object) =>
    send({ ...endpoint, secret: rsa.privatePem }, json(payload, { signed: true }));

  it('is confirmed by us once its signature is verified, and binds the endpoint to its topic', async () => {
    const endpoint = await world.endpoint('aws-sns', 'in #sns');
    assert.equal((await sns(endpoint, confirmation('arn:aws:sns:eu-central-1:1:alarms'))).status, 200);
    assert.match(fetched.at(-1) ?? '', /Action=ConfirmSubscription/);
    const message = {
      ...confirmation('arn:aws:sns:eu-central-1:1:alarms'),
      Type: 'Notification',
      Message: '{"AlarmName":"cpu","NewStateValue":"ALARM"}',
    };
    assert.equal((await sns(endpoint, message)).status, 202);
    assert.equal((await sns(endpoint, { ...message, TopicArn: 'arn:aws:sns:eu-central-1:2:theirs' })).status, 401);
    await world.settled();
    assert.match(JSON.stringify(await world.messages('sns')), /cpu/);
  });

  it('is not confirmed where its signature is wrong, nor at any other host', async () => {
    const endpoint = await world.endpoint('aws-sns', 'in #sns as other');
    const before = fetched.filter((url) => url.includes('Confirm')).length;
    assert.equal(
      (
        await send(
          endpoint,
          json({
            ...confirmation('arn:aws:sns:x:1:y'),
            SignatureVersion: '2',
            Signature: 'AAAA',
            Timestamp: new Date().toISOString(),
          }),
        )
      ).status,
      401,
    );
    assert.equal(fetched.filter((url) => url.includes('Confirm')).length, before);
  });
});

async function anEndpoint(name: string, words = ''): Promise<Endpoint> {
  const provider = providers.get(name);
  const secrets = provider?.secret === 'theirs' ? secretsOf(name, provider) : undefined;
  const endpoint = await world.endpoint(name, `in #handshakes ${words} ${secrets ? `secret="${secrets.known}"` : ''}`);
  return secrets ? { ...endpoint, secret: secrets.signing } : endpoint;
}

async function send(
  endpoint: Endpoint,
  { method = 'POST', query = '', headers = {}, body = '', signed }: Question,
): Promise<Reply> {
  const provider = providers.get(endpoint.provider);
  if (!provider) throw new Error(`no provider ${endpoint.provider}`);
  const all = { ...(body && { 'content-type': 'application/json' }), ...headers };
  const url = `${endpoint.url}${query}`;
  const plain = parseDelivery({
    method,
    url: new URL(url).pathname + query,
    headers: all,
    query: {},
    body: Buffer.from(body),
    receivedAt: new Date(),
    remoteAddress: '',
  });
  const delivery = signed
    ? toSigned(plain, provider.signature, { secret: endpoint.secret, context: { url: endpoint.url, options: {} } })
    : plain;
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  request(url, { method, headers: { ...delivery.headers } as Record<string, string> }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () =>
      resolve({
        status: response.statusCode ?? 0,
        type: response.headers['content-type'],
        body: Buffer.concat(chunks).toString(),
        headers: response.headers,
      }),
    );
  })
    .on('error', reject)
    .end(delivery.body.length ? delivery.body : undefined);
  return promise;
}
