import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import { AppError } from '../../src/core/errors.ts';
import { toSigned } from '../../src/core/provider/fresh-delivery.ts';
import { secretsOf } from '../doubles/provider-secrets.ts';
import { certificate, rsa } from '../doubles/test-keys.ts';
import { aWorld, type Endpoint, providers } from '../world.ts';

let away = false;
const world = await aWorld({
  fetch: async () => {
    if (away) throw new AppError(503, 'fetch_failed', 'sns.eu-central-1.amazonaws.com could not be reached.');
    return certificate;
  },
});
after(() => world[Symbol.asyncDispose]());

/** One of each way of signing, and of each way of answering. */
const KINDS =
  'slack twilio mailgun adyen-payments sendgrid discord netlify monday kinde telegram aircall postmark lark-feishu box docusign recurly persona ebay paypal braintree hubspot contentful dropbox-sign microsoft-graph recharge klaviyo svix jotform'.split(
    ' ',
  );

describe('a delivery through the front door', () => {
  for (const name of KINDS)
    it(`of ${name}: whatever is wrong with it is refused, and never a fault of ours`, async () => {
      const endpoint = await anEndpoint(name);
      for (const body of [
        '',
        '{',
        '[]',
        'null',
        '"text"',
        '<a/>',
        'a=b&c=d',
        '\u0000\u00ff',
        '{"event":1,"type":{},"value":[null],"signature":[]}',
      ])
        for (const headers of [
          {},
          { authorization: 'Bearer x' },
          { authorization: 'Basic !!' },
          { 'content-type': 'multipart/form-data' },
          everyHeader('x'),
          everyHeader('t=1,v1=00'),
          everyHeader('\u00e9'),
        ]) {
          const { status } = await post(endpoint, body, headers as Record<string, string>);
          assert.ok(status < 500, `${status}: ${body}`);
          if (name !== 'jotform') assert.ok(status >= 400, `${status}: ${body}`);
        }
    });

  it('is answered as its sender wants it: Dropbox Sign, Adyen, Twilio, eBay', async () => {
    const answers: Record<string, readonly [number, string]> = {};
    for (const [name, body, type] of [
      [
        'dropbox-sign',
        '{"event":{"event_time":"1777636800","event_type":"signature_request_sent"}}',
        'application/json',
      ],
      [
        'adyen-payments',
        '{"notificationItems":[{"NotificationRequestItem":{"pspReference":"1"}}]}',
        'application/json',
      ],
      ['twilio', 'MessageSid=SM1&MessageStatus=delivered', 'application/x-www-form-urlencoded'],
    ] as const) {
      const endpoint = await anEndpoint(name, `as answered-${name}`);
      const response = await send(endpoint, body, { 'content-type': type });
      answers[name] = [response.status, await response.text()];
    }
    assert.deepEqual(answers, {
      'dropbox-sign': [200, 'Hello API Event Received'],
      'adyen-payments': [200, '[accepted]'],
      twilio: [200, '<Response/>'],
    });
    const ebay = await anEndpoint('ebay', 'as answered-ebay');
    assert.equal((await post(ebay, '{}', { 'x-ebay-signature': 'x' })).status, 412);
  });

  it('is asked for again where the key that it names cannot be fetched now', async () => {
    const endpoint = { ...(await world.endpoint('aws-sns', 'in #sns as away')), secret: rsa.privatePem };
    const message = JSON.stringify({
      Type: 'Notification',
      MessageId: '1',
      TopicArn: 'arn:aws:sns:eu-central-1:1:alarms',
      Message: 'x',
      SigningCertURL: 'https://sns.eu-central-1.amazonaws.com/a.pem',
    });
    away = true;
    const response = await send(endpoint, message);
    assert.deepEqual([response.status, Number(response.headers.get('retry-after')) > 0], [503, true]);
    away = false;
    assert.equal((await send(endpoint, message)).status, 202);
  });

  it('that comes when a clock is ten minutes off is refused, and `/webhook why` says so', async () => {
    const endpoint = await anEndpoint('slack', 'as late');
    const late = new Date(Date.now() - 600_000);
    assert.equal((await send(endpoint, '{"type":"event_callback"}', {}, late)).status, 401);
    assert.match((await world.type('/webhook why late')).text, /clock or ours is 10 minutes off/);
  });

  it('in which a sender packs an event is kept as the event', async () => {
    const endpoint = await anEndpoint('braintree', 'as packed');
    const event = Buffer.from('<notification><kind>subscription_went_active</kind></notification>').toString('base64');
    const response = await send(endpoint, new URLSearchParams({ bt_payload: event }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
    assert.equal(response.status, 202);
    await world.settled();
    assert.equal((await world.events('limit=1'))[0]?.type, 'subscription_went_active');
  });
});

function everyHeader(value: string): Record<string, string> {
  const names =
    'x-slack-signature x-slack-request-timestamp x-twilio-signature x-signature-ed25519 x-signature-timestamp x-webhook-signature x-lark-signature box-signature-primary x-docusign-signature-1 recurly-signature persona-signature x-ebay-signature paypal-transmission-sig x-hubspot-signature-v3 x-contentful-signature klaviyo-signature svix-signature svix-id svix-timestamp';
  return Object.fromEntries(names.split(' ').map((name) => [name, value]));
}

async function anEndpoint(name: string, words = ''): Promise<Endpoint> {
  const provider = providers.get(name);
  const secrets = provider && secretsOf(name, provider);
  const given = secrets && providers.get(name)?.secret !== 'ours' ? `secret="${secrets.known}"` : '';
  const endpoint = await world.endpoint(name, `in #front ${words} ${given}`);
  return given ? { ...endpoint, secret: secrets?.signing ?? '' } : endpoint;
}

function post({ url }: Endpoint, body: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(url, { method: 'POST', body: Buffer.from(body, 'latin1'), headers });
}

async function send(
  endpoint: Endpoint,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  at = new Date(),
): Promise<Response> {
  const provider = providers.get(endpoint.provider);
  if (!provider) throw new Error(`no provider ${endpoint.provider}`);
  const plain = parseDelivery({
    method: 'POST',
    url: new URL(endpoint.url).pathname,
    headers: { 'content-type': 'application/json', ...headers },
    query: {},
    body: Buffer.from(body),
    receivedAt: at,
    remoteAddress: '',
  });
  const signed = toSigned(plain, provider.signature, {
    secret: endpoint.secret,
    context: { url: endpoint.url, options: {} },
  });
  return fetch(endpoint.url, {
    method: 'POST',
    headers: signed.headers as Record<string, string>,
    body: new Uint8Array(signed.body),
  });
}
