import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import { queryHash } from '../../src/signatures/own/jira-query.ts';
import { providers } from '../world.ts';

interface Example {
  readonly provider: string;
  readonly secret: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The header, or the text of the body, with the signature. */
  readonly proof: string;
  readonly at?: number;
  readonly url?: string;
  readonly options?: Readonly<Record<string, string>>;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const CHARGE = '{"event":"charge.success","amount":1000,"currency":"NGN"}';
const WISE_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwpb91cEYuyJNQepZAVfP
ZIlPZfNUefH+n6w9SW3fykqKu938cR7WadQv87oF2VuT+fDt7kqeRziTmPSUhqPU
ys/V2Q1rlfJuXbE+Gga37t7zwd0egQ+KyOEHQOpcTwKmtZ81ieGHynAQzsn1We3j
wt760MsCPJ7GMT141ByQM+yW1Bx+4SG3IGjXWyqOWrcXsxAvIXkpUD/jK/L958Cg
nZEgz0BSEh0QxYLITnW1lLokSx/dTianWPFEhMC9BgijempgNXHNfcVirg1lPSyg
z7KqoKUN0oHqWLr2U1A+7kqrl6O2nx3CKs1bj1hToT1+p4kcMoHXA7kA+VBLUpEs
VwIDAQAB
-----END PUBLIC KEY-----`;

/** What vendors publish with their documentation and their own tests: proof that we mean the same as they do. */
const EXAMPLES: readonly Example[] = [
  {
    provider: 'github',
    secret: "It's a Secret to Everybody",
    body: 'Hello, World!',
    headers: { 'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17' },
    proof: 'x-hub-signature-256',
  },
  {
    provider: 'circleci',
    secret: 'secret',
    body: 'hello world',
    headers: { 'circleci-signature': 'v1=734cc62f32841568f45715aeb9f4d7891324e6d948e4c6c60c0621cdac48623a' },
    proof: 'circleci-signature',
  },
  {
    provider: 'circleci',
    secret: 'hunter123',
    body: 'an-important-request-payload',
    headers: { 'circleci-signature': 'v1=9be2242094a9a8c00c64306f382a7f9d691de910b4a266f67bd314ef18ac49fa' },
    proof: 'circleci-signature',
  },
  {
    provider: 'standard-webhooks',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    body: '{"test": 2432232314}',
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    proof: 'webhook-signature',
    at: 1_614_265_330_000,
  },
  {
    provider: 'slack',
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
    headers: {
      ...FORM,
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    },
    proof: 'x-slack-signature',
    at: 1_531_420_618_000,
  },
  {
    provider: 'twilio',
    secret: '12345',
    url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    body: 'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212',
    headers: { ...FORM, 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' },
    proof: 'x-twilio-signature',
  },
  {
    provider: 'adyen-payments',
    secret: '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056',
    body: JSON.stringify({
      notificationItems: [
        {
          NotificationRequestItem: {
            pspReference: '7914073381342284',
            merchantAccountCode: 'TestMerchant',
            merchantReference: 'TestPayment-1407325143704',
            amount: { value: 1130, currency: 'EUR' },
            eventCode: 'AUTHORISATION',
            success: 'true',
            additionalData: { hmacSignature: 'coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=' },
          },
        },
      ],
    }),
    headers: {},
    proof: 'coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=',
  },
  {
    provider: 'sanity',
    secret: 'try-me',
    body: '{"title":"GROQ-Hooks are neat"}',
    headers: { 'sanity-webhook-signature': 't=1633518820676,v1=e7C9h2sfbFfc4V7TEz7PSOp4IoNzl0UdVsBV-1wgdeA' },
    proof: 'sanity-webhook-signature',
    at: 1_633_518_820_676,
  },
  {
    provider: 'wise',
    secret: WISE_KEY,
    body: '{"data":{"resource":{"id":49983981,"profile_id":16055450,"account_id":14124090,"type":"transfer"},"current_state":"incoming_payment_waiting","previous_state":null,"occurred_at":"2021-08-23T10:12:50Z"},"subscription_id":"90aa8e14-4ef1-4a56-861c-f3c9cde097ea","event_type":"transfers#state-change","schema_version":"2.0.0","sent_at":"2021-08-23T10:12:50Z"}',
    headers: {
      'x-signature-sha256':
        'wKcKCYXAzxNgiu7xmoDm943NUni7Rz33QN8JkEA9dWSGebgndonabgSj18Y4C08OrwVmueGsED2s00M7DtJVcYKOS1i3G4TMVx+mgM3aL9djMBkQtiYNBFUd6wrPI7ZUNHv/TrlKSjTMc+6JFvUvJ7owY3z85e3I4jLRLJowMFvO8kvCJ60+1pY9wDwZvtZ//WS93LrwGjk9Dvwzpmu0w+P4J75tETT5qC3Uv0y5G2yO8SEoO3yNP/tg/BOli02niHb53vEOUWUb9bly6thnfMoXoiV/osoGxgF20R58RlvkAmezyyl1Sv542TfS2DpiwVnmjjjkCyXeSUcKookYLQ==',
    },
    proof: 'x-signature-sha256',
  },
  {
    provider: 'convoy',
    secret: 'convoy-webhook-secret',
    body: CHARGE,
    headers: { 'x-convoy-signature': 'JERJt/SMvCcJBgydzcKzqkenj1QEMFeQFcV5+xLe+7Q=' },
    proof: 'x-convoy-signature',
    options: { encoding: 'base64' },
  },
  {
    provider: 'convoy',
    secret: 'convoy-webhook-secret',
    body: CHARGE,
    headers: {
      'x-convoy-signature': 'bMdy3IGUKuG1/6kcOmoHsNN+3I3GvYPjUYohnx8Z/3GuG3bWsyCUDUFMI2oarX95MLY+DxkolRlV0xIZVF4bZg==',
    },
    proof: 'x-convoy-signature',
    options: { encoding: 'base64', algorithm: 'sha512' },
  },
  {
    provider: 'convoy',
    secret: 'convoy-webhook-secret',
    body: CHARGE,
    headers: { 'x-convoy-signature': 't=1700000000,v1=d7i5Jp8loZmEalWivSWz+6FRxw/a5gux3Nh/u8lDxVw=' },
    proof: 'x-convoy-signature',
    at: 1_700_000_000_000,
    options: { encoding: 'base64' },
  },
  {
    provider: 'convoy',
    secret: 'convoy-webhook-secret',
    body: CHARGE,
    headers: {
      'x-convoy-signature':
        't=1700000000,v1=shIuJSzSWCzyJcsrjUzu3p40Mp4v6VwCYZw+1dSj2ac+a+ry3/jnbXGmk64ZjO5AaF7tEq1O4uAz3C0Dme3gVw==',
    },
    proof: 'x-convoy-signature',
    at: 1_700_000_000_000,
    options: { encoding: 'base64', algorithm: 'sha512' },
  },
];

describe('an example that a vendor published', () => {
  for (const [index, example] of EXAMPLES.entries())
    it(`of ${example.provider} is accepted, and refused when one character of it is another (${index + 1})`, async () => {
      assert.deepEqual(await verify(example), 'accepted');
      const { headers, proof, body, secret } = example;
      const signature = headers[proof];
      for (const place of [0.55, 0.8]) {
        const changed: Example =
          signature === undefined
            ? { ...example, body: body.replace(proof, another(proof, place)) }
            : { ...example, headers: { ...headers, [proof]: another(signature, place) } };
        assert.notEqual(await verify(changed), 'accepted');
      }
      assert.notEqual(await verify({ ...example, secret: another(secret, 0.5) }), 'accepted');
      if (signature !== undefined) assert.notEqual(await verify({ ...example, body: another(body, 0.5) }), 'accepted');
    });

  it('of Atlassian: the hash of an address', () => {
    assert.equal(
      queryHash('GET', 'https://api.bitbucket.org/test?param=value'),
      'be16910858a41fd19ea5c1b4e9decca9a784d1024cb00b2158defe2f29dc86dd',
    );
  });

  it('of Braintree and eBay: the answers to their challenges', async () => {
    const ask = (provider: string, query: Record<string, string>, secret: string, url: string) =>
      providers.get(provider)?.handshake?.answer?.(aDelivery({ method: 'GET', query }), [secret], { url, options: {} })
        ?.body;
    assert.equal(
      ask(
        'braintree',
        { bt_challenge: '20f9f8ed05f77439fe955c977e4c8a53' },
        'integration_public_key:integration_private_key',
        '',
      ),
      'integration_public_key|d9b899556c966b3f06945ec21311865d35df3ce4',
    );
    assert.equal(
      ask(
        'ebay',
        { challenge_code: '71745723-9b5e-4f8a-bc11-9f0e2a7d4c63' },
        'webhook-co-ebay-verify-token-0123456789abcdef:id:secret',
        'https://wbhk.my/t/ebay-acct-deletion',
      ),
      '{"challengeResponse":"d24cd543fe79a6b0b79e99e0b27939b4a01fce883ae11a63ca875183a5a07ba4"}',
    );
  });
});

async function verify({
  provider,
  secret,
  body,
  headers,
  at = 0,
  url = 'https://x.example/in/t',
  options = {},
}: Example): Promise<string> {
  const [address = '', search] = url.split('?');
  const delivery = aDelivery({
    body: Buffer.from(body),
    headers,
    receivedAt: new Date(at),
    url: search ? `/x?${search}` : '/x',
  });
  const verdict = await providers.get(provider)?.signature.verify(delivery, [secret], { url: address, options });
  return verdict?.ok ? 'accepted' : (verdict?.reason ?? 'unknown');
}

function aDelivery(parts: object) {
  return parseDelivery({
    method: 'POST',
    url: '/x',
    headers: {},
    query: {},
    body: Buffer.alloc(0),
    receivedAt: new Date(0),
    remoteAddress: '',
    ...parts,
  });
}

/** A text with another letter or digit at some place. */
function another(text: string, part: number): string {
  const start = Math.floor(text.length * part);
  const place = start + Math.max(0, text.slice(start).search(/[a-z0-9]/i));
  return text.slice(0, place) + (text.charAt(place) === '1' ? '2' : '1') + text.slice(place + 1);
}
