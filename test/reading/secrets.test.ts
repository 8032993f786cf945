import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { MASK, maskText } from '../../src/core/text/mask-secrets.ts';
import { isSecretName } from '../../src/core/text/secret-name.ts';
import { toText } from '../../src/render/values/text.ts';
import { runs } from '../runs.ts';
import { readWhole } from './read-whole.ts';
import { letters, shaped, WORD } from './secret-shapes.ts';

const NAMES = [
  'title',
  'message',
  'description',
  'text',
  'status',
  'state',
  'error',
  'name',
  'user',
  'subject',
  'event',
  'url',
  'branch',
  'note',
  'summary',
  'commit_message',
  'label',
  'reason',
  'environment',
  'service',
  'lamp',
  'host',
  'value',
  'body',
  'html',
  'title_link',
];

/** Everything that people see of a payload. */
function everything(payload: unknown): string {
  const { about, message, line, body, fields } = readWhole(payload);
  return JSON.stringify([about, message, line, body, fields]).replaceAll('\\\\', '');
}

describe('a secret', () => {
  it('is never in a message, wherever in a payload it stands', () => {
    const around = fc.constantFrom(
      (secret: string) => secret,
      (secret: string) => `The key is ${secret} for now`,
      (secret: string) => `(${secret})`,
      (secret: string) => `${secret}\nand more`,
      (secret: string) => `see "${secret}", please`,
    );
    const payloads = fc
      .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES), shaped, around)
      .chain(([outer, inner, { text, secret }, put]) =>
        fc
          .constantFrom<unknown>(
            { [outer]: put(text) },
            { event: 'lamp.broken', [outer]: { [inner]: put(text), name: 'Hall' } },
            {
              event: 'lamp.broken',
              lamps: [
                { [outer]: put(text), id: 1, status: 'up' },
                { [outer]: 'b', id: 2, status: 'down' },
              ],
            },
            { attachments: [{ title: put(text), text: put(text), fields: [{ title: 'Key', value: put(text) }] }] },
            { changes: { [inner]: { from: put(text), to: 'b' } }, event: 'lamp.updated' },
            [put(text), put(text)],
            put(text),
            { [outer]: JSON.stringify({ [inner]: put(text) }) },
          )
          .map((payload) => ({ payload, secret })),
      );
    fc.assert(
      fc.property(payloads, ({ payload, secret }) => {
        assert.ok(!everything(payload).includes(secret), JSON.stringify(payload));
      }),
      { numRuns: runs(1500) },
    );
  });

  it('is never in a message, whatever it is, where its name says what it is', () => {
    const names = fc.constantFrom(
      'password',
      'Passwort',
      'passwd',
      'pwd',
      'smtp_pass',
      'db-password',
      'userPassword',
      'PASSWORD_HASH',
      'secret',
      'clientSecret',
      'client_secret',
      'token',
      'access_token',
      'refreshToken',
      'X-Api-Key',
      'api_key',
      'apikey',
      'APIKey',
      'private_key',
      'signing-key',
      'jwt',
      'otp',
      'one_time_code_otp',
      'verification_code',
      'pin',
      'cvv',
      'cvc2',
      'card_number',
      'cardNumber',
      'iban',
      'ssn',
      'auth_header',
      'authorization',
      'cookie',
      'set-cookie',
      'session_id',
      'recovery_codes',
      'seed_phrase',
      'passphrase',
      'dsn',
      'signature',
    );
    const values = fc.oneof(
      letters(WORD, 12).map((value): unknown => value),
      fc.integer({ min: 100_000_000, max: 999_999_999 }),
      letters('0123456789', 9),
    );
    fc.assert(
      fc.property(names, values, fc.boolean(), (name, value, nested) => {
        const payload = {
          event: 'user.created',
          user: { name: 'Ada' },
          ...(nested ? { data: { [name]: value } } : { [name]: value }),
        };
        assert.ok(isSecretName(name), name);
        assert.ok(!everything(payload).includes(String(value)), JSON.stringify(payload));
        assert.ok(!everything({ items: [payload, payload] }).includes(String(value)));
      }),
      { numRuns: runs(600) },
    );
  });

  it('is not told by a sentence either, where a field beside it keeps it by its name', () => {
    for (const [payload, told] of [
      [{ user: 'ada', new_password: 'Spring2026!', message: 'The password was reset to Spring2026!' }, 'Spring2026'],
      [
        {
          event: 'key.created',
          secretAccessKey: 'wJalrXUtn/K7MDENG/bPxRfi',
          message: 'created, with wJalrXUtn/K7MDENG/bPxRfi',
        },
        'wJalrXUtn',
      ],
      [{ password: 'hunter22', text: 'Sign in with hunter22' }, 'hunter22'],
      [{ data: { login_code: 482913 }, text: 'Type 482913 to go on' }, '482913'],
      [{ fields: [{ name: 'API key', value: 'ab12-cd34-ef56' }], title: 'Use ab12-cd34-ef56 from now on' }, 'ab12'],
    ] as const) {
      const shown = everything(payload);
      assert.ok(!shown.includes(told), shown);
      assert.match(shown, /••••/);
    }
  });

  it('does not hide what has a name that people chose, nor ids and addresses', () => {
    for (const [payload, shown] of [
      [{ routing_key: 'orders.created.v2', message: 'Published to orders.created.v2' }, 'orders.created.v2'],
      [{ auth: 'oauth2', message: 'ada signed in with oauth2' }, 'oauth2'],
      [{ credential: 'ada7@acme.example', message: 'ada7@acme.example signed in' }, 'ada7@acme.example'],
      [{ pin: '123456', message: 'Shipment 91234567 left' }, '91234567'],
    ] as const)
      assert.ok(everything(payload).replaceAll('\\', '').includes(shown), everything(payload));
  });

  it('stays away from what a template prints', () => {
    fc.assert(
      fc.property(shaped, ({ text, secret }) => {
        assert.ok(!toText(text).includes(secret));
        assert.ok(!toText({ note: text }).includes(secret));
        assert.ok(!toText([text, 'a']).includes(secret));
      }),
    );
    assert.equal(toText({ password: 'hunter2', user: 'ada' }), `{"password":"${MASK}","user":"ada"}`);
  });
});

describe('masking', () => {
  for (const [text, masked] of [
    ['postgres://shop:hunter2@db.example/shop', `postgres://${MASK}@db.example/shop`],
    ['Authorization: Basic c2hvcDpodW50ZXIy', `Authorization: ${MASK}`],
    ['Your code is 482913', `Your code is ${MASK}`],
    ['482913 is your verification code', `${MASK} is your verification code`],
    ['curl -H "X-Api-Key: abc123def" https://a.example', `curl -H "X-Api-Key: ${MASK}" https://a.example`],
    ['{"password": "open sesame", "user": "ada"}', `{"password": "${MASK}", "user": "ada"}`],
    ['DE89 3704 0044 0532 0130 00 was charged', `${MASK} was charged`],
    ['https://hooks.slack.com/services/T00/B00/abcdefghijkl', `https://hooks.slack.com/services/${MASK}`],
  ] as const)
    it(`turns “${text}” into “${masked}”`, () => assert.equal(maskText(text), masked));

  it('leaves everything else as it is, also what only speaks of secrets', () => {
    for (const text of [
      'auth: fix the login of the shop',
      'token: handle expired ones',
      'Password changed',
      'The secret is out',
      'Basic training is over',
      'Bearer of bad news',
      'fix(auth): look at pin 4.2.1 of the lock file',
      'const token = readToken(request)',
      'Order 4111111111111112, phone +49 30 1234567, build 20260501100000',
      'https://lamps.example/4111111111111111',
      'commit 3f2a9c4b8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a',
      'api-gateway-service-production-eu-west',
      'secret_rotation_job finished',
      'ops_weekly_report_2026_05 is ready',
      'sk-learn-pipeline-upgrade',
      '0d1c2b3a-1111-4222-8333-444455556666',
      'git@lamps.example:acme/house.git',
      'ada@lamps.example',
    ])
      assert.equal(maskText(text), text);
  });

  it('changes nothing that is masked already', () => {
    fc.assert(
      fc.property(shaped, fc.string(), ({ text }, more) => {
        const once = maskText(`${more} ${text}`);
        assert.equal(maskText(once), once);
      }),
    );
  });

  it('knows the names of facts about a secret, which are none', () => {
    for (const name of [
      'token_type',
      'token_count',
      'password_changed_at',
      'card_type',
      'author',
      'monkey',
      'keyboard',
      'country_code',
      'status_code',
      'exit_code',
      'primary_key_name',
      'passed',
      'compass',
      'pinned',
      'design',
      'spin',
    ])
      assert.equal(isSecretName(name), false, name);
  });
});
