import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { headsOf } from '../../src/core/provider/heads.ts';
import { aWorld, providers } from '../world.ts';

const world = await aWorld();
after(() => world[Symbol.asyncDispose]());

describe('finding a provider among hundreds', () => {
  it('its title and other names are read without loading it, and are those it has', async () => {
    assert.deepEqual(
      await headsOf(providers),
      Array.from(providers, ([name, { title, aliases = [] }]) => ({ name, title, aliases })),
    );
  });

  it('works by its name, its title and other names, however they are spelt', async () => {
    for (const [typed, name] of Object.entries({
      'aws-sns': 'aws-sns',
      AWS_SNS: 'aws-sns',
      cloudwatch: 'aws-sns',
      twitter: 'x-twitter',
      '"Cal.com"': 'cal-com',
      facebook: 'meta',
      '"New Relic"': 'new-relic',
      newrelic: 'new-relic',
      sonarcloud: 'sonarqube',
    })) {
      const reply = await world.type(`/webhook new ${typed}`);
      assert.equal(reply.data.endpoint?.provider, name, reply.text);
    }
  });

  it('offers what was meant where nothing has that name', async () => {
    const { text } = await world.type('/webhook new pagerdutty');
    assert.match(text, /pagerduty/);
    assert.match(text, /\/webhook providers/);
  });

  it('lists those with a word in their name', async () => {
    const { text, message } = await world.type('/webhook providers pay');
    for (const name of ['paypal', 'paystack', 'adyen-payments', 'dodopayments']) assert.match(text, new RegExp(name));
    assert.match(String(message.title?.text), /providers with/);
    assert.match((await world.type('/webhook providers zzzz')).text, /No provider/);
  });

  it('lists all, a page at a time', async () => {
    const first = await world.type('/webhook providers');
    assert.equal((first.data.providers as unknown[]).length, 25);
    const second = await world.type('/webhook providers page=2');
    assert.notDeepEqual(first.data.providers, second.data.providers);
  });

  it('shows one whole: how it signs, how sure that is, its handshake, its messages and its steps', async () => {
    const reply = await world.type('/webhook providers asana');
    const shown = JSON.stringify(reply.message);
    for (const word of ['keyed hash', 'Bellhop answers it automatically', 'X-Hook|app.asana.com', 'Asana docs'])
      assert.match(shown, new RegExp(word));
    assert.match(JSON.stringify((await world.type('/webhook providers github')).message), /designed, with \d+ samples/);
  });

  it('is offered while it is typed, by any of its names', async () => {
    const { json } = await world.call('/api/v1/complete?command=new&option=provider&typed=cloudw');
    const found = JSON.stringify(json);
    assert.match(found, /aws-sns/);
  });
});

describe('a secret in another form than its provider wants', () => {
  const refusal = async (words: string) => (await world.type(`/webhook new ${words}`)).text;

  it('is refused when it is given, and what is wanted is said', async () => {
    const pem = '"-----BEGIN PUBLIC KEY----- x -----END PUBLIC KEY-----"';
    for (const [words, wanted] of [
      ['resend secret=not-base64!', /Base64, with or without whsec_/],
      ['adyen-payments secret=not-hexadecimal', /hexadecimal/],
      ['wise secret=not-a-key', /public key in PEM/],
      ['discord secret=abcdef0123', /32 bytes in hexadecimal/],
      ['stripe secret=https://example.com/hook', /no web address/],
      ['stripe secret=v1,whsec_dGVzdHRlc3Q=', /nothing such as v1,/],
      [`stripe secret=${pem}`, /no PEM key/],
      ['liveblocks secret=dGVzdHRlc3Q=', /whsec_ and Base64/],
      ['braintree secret=onlyonepart', /public:private/],
      ['surveymonkey secret=onlyonepart', /id&secret/],
      ['ebay secret=onlyonepart', /token:id:secret/],
      ['plaid secret=onlyonepart', /id:secret/],
      ['paypal secret=not/an/id', /webhook’s id/],
    ] as const)
      assert.match(await refusal(words), wanted, words);
  });

  it('is rightly read where it can be: with blanks around it, or a prefix that the scheme knows', async () => {
    for (const words of [
      'supabase-auth-hooks secret=v1,whsec_dGVzdHRlc3R0ZXN0dGVzdA==',
      'resend secret="  whsec_dGVzdHRlc3R0ZXN0dGVzdA==  "',
      'resend secret=dGVzdHRlc3R0ZXN0dGVzdA==',
      'ably secret=app.key:thesecret',
    ])
      assert.ok((await world.type(`/webhook new ${words}`)).data.endpoint, words);
  });

  it('is said to be known from others only, where it is', async () => {
    assert.match(await refusal('lob'), /known from others/);
    assert.doesNotMatch(await refusal('mux'), /known from others/);
  });
});
