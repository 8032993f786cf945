import type { Provider } from '../../src/core/provider/provider.ts';
import type { SignatureContext } from '../../src/core/provider/signature.ts';
import type { Trial } from '../contracts/provider.ts';
import { secretsOf } from './provider-secrets.ts';
import { certificate, ec, ed, keySet, otherEc, otherEd, otherRsa, rsa, type TestKeys } from './test-keys.ts';

/** What senders publish: the key that signs, and by its address whatever holds it. */
const PUBLISHED: Readonly<
  Record<
    string,
    {
      readonly keys: TestKeys;
      readonly others: TestKeys;
      readonly document: (keys: TestKeys, url: string, request: string) => string;
    }
  >
> = {
  'adobe-io-events': {
    keys: rsa,
    others: otherRsa,
    document: ({ publicPem }, url) => (url.endsWith('.pem') ? publicPem : ''),
  },
  'aws-sns': { keys: rsa, others: otherRsa, document: (keys) => (keys === rsa ? certificate : '') },
  'connectwise-psa': {
    keys: rsa,
    others: otherRsa,
    document: ({ publicPem }) => JSON.stringify({ signing_key: publicPem }),
  },
  'constant-contact': { keys: rsa, others: otherRsa, document: (keys) => keySet(keys) },
  ebay: {
    keys: ec,
    others: otherEc,
    document: (keys, url, request) =>
      url.endsWith('/token')
        ? JSON.stringify({
            access_token: request.includes(Buffer.from('client:secret').toString('base64')) ? 'good' : 'bad',
          })
        : JSON.stringify({ key: request.includes('Bearer good') ? keys.publicPem.replaceAll('\n', '') : '' }),
  },
  'fal-ai': { keys: ed, others: otherEd, document: (keys) => keySet(keys) },
  'google-pubsub': { keys: rsa, others: otherRsa, document: (keys) => keySet(keys) },
  paypal: {
    keys: rsa,
    others: otherRsa,
    document: (keys, url) => (keys === rsa && url.endsWith('/CERT-1') ? certificate : ''),
  },
  plaid: {
    keys: ec,
    others: otherEc,
    document: (keys, _url, request) =>
      JSON.stringify({
        key: request.includes('\\"secret\\":\\"secret\\"') ? keys.publicKey.export({ format: 'jwk' }) : null,
      }),
  },
  'travis-ci': {
    keys: rsa,
    others: otherRsa,
    document: ({ publicPem }) => JSON.stringify({ config: { notifications: { webhook: { public_key: publicPem } } } }),
  },
  'zoho-desk': { keys: rsa, others: otherRsa, document: (keys) => keySet(keys, 'key-1') },
};

const JSON_BODY = {
  id: 'evt_1',
  type: 'thing.done',
  webhookTimestamp: 1,
  webhookMetadata: { webhookDeliveryAttemptTimestamp: '2020-01-01T00:00:00Z' },
  event: { id: 'evt_1', event_type: 'thing_done', event_time: '1777636800' },
  signature: { token: 'nonce-1' },
  value: [{ id: '1', resource: 'me/messages' }, { id: '2' }],
  notificationItems: [
    { NotificationRequestItem: { pspReference: '7914', amount: { value: 1130, currency: 'EUR' }, success: 'true' } },
  ],
  recipient_client_id: 'client-1',
  Metadata: { key_url: 'https://na.myconnectwise.net/key' },
  name: 'ünïcode',
};
const SNS_BODY = {
  Type: 'Notification',
  MessageId: 'b0c1',
  TopicArn: 'arn:aws:sns:eu-central-1:123456789012:alarms',
  Subject: 'ALARM',
  Message: '{"AlarmName":"cpu","NewStateValue":"ALARM"}',
  SigningCertURL: 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem',
};
const FORMS = new Set(['twilio', 'plivo', 'mandrill', 'braintree', 'maxio-chargify', 'acuity']);

/** What a provider is tried with: a delivery, the secrets, what its sender publishes. */
export function toTrial(name: string, provider: Provider, options: Readonly<Record<string, string>>): Trial {
  const published = PUBLISHED[name];
  const secrets = secretsOf(name, provider, options);
  const key = name === 'connectwise-psa' ? published?.keys.publicPem : published?.keys.privatePem;
  const chosen = Object.entries(options).map(([option, value]) => ` ${option}=${value}`);
  return {
    name: `${name}${chosen.join('')}`,
    provider,
    options,
    secrets: secrets ?? (key === undefined ? undefined : { known: '', signing: key, other: '' }),
    ...(published && {
      fetch: fetchOf(published.keys, published.document),
      otherFetch: fetchOf(published.others, published.document),
    }),
    ...(name === 'mollie' && { mayRepeat: true }),
    delivery: FORMS.has(name)
      ? {
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: Buffer.from(
            name === 'braintree'
              ? 'bt_payload=PG5vdGlmaWNhdGlvbj48a2luZD5jaGVjazwva2luZD48L25vdGlmaWNhdGlvbj4%3D'
              : 'From=%2B49&To=%2B1&Body=Hello+w%C3%B6rld&event=x',
          ),
        }
      : {
          headers: { 'content-type': 'application/json', 'x-request-id': 'r-1' },
          body: Buffer.from(JSON.stringify(name === 'aws-sns' ? SNS_BODY : JSON_BODY)),
        },
  };
}

function fetchOf(
  keys: TestKeys,
  document: (keys: TestKeys, url: string, request: string) => string,
): NonNullable<SignatureContext['fetch']> {
  return async (request) => document(keys, request.url, JSON.stringify(request));
}
