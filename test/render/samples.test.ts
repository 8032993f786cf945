import assert from 'node:assert/strict';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Delivery } from '../../src/core/delivery/delivery.ts';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import { AppError } from '../../src/core/errors.ts';
import type { FetchPublished } from '../../src/core/provider/fetch-published.ts';
import { toFreshDelivery } from '../../src/core/provider/fresh-delivery.ts';
import type { Sample } from '../../src/core/provider/sample.ts';
import { loadTemplates } from '../../src/render/templates.ts';
import { discordPings, validateDiscordMessage } from '../doubles/discord/limits.ts';
import { secretsOf } from '../doubles/provider-secrets.ts';
import { slackPings, validateSlackMessage } from '../doubles/slack/limits.ts';
import { certificate, otherRsa, rsa } from '../doubles/test-keys.ts';
import { runs } from '../runs.ts';
import { aWorld, type Endpoint, providers, type World } from '../world.ts';

const { samples } = await loadTemplates(join(import.meta.dirname, '../../templates'));
/** Endpoints that choose a way of signing their provider does not insist on. */
const CHOICES: Readonly<Record<string, string>> = { generic: 'verify=hmac header=x-signature' };
/** Those whose senders publish the key they sign with, so that an endpoint has no secret. */
const PUBLISHED = ['aws-sns', 'travis-ci'];
const travisConfig = JSON.stringify({ config: { notifications: { webhook: { public_key: rsa.publicPem } } } });
const fetchPublished: FetchPublished = async ({ url, hosts }) => {
  if (!URL.canParse(url) || !hosts.some((host) => new RegExp(host).test(new URL(url).hostname)))
    throw new AppError(403, 'not_fetched', `${url} is not where its sender publishes keys.`);
  return url.includes('travis') ? travisConfig : certificate;
};
const TWO_DAYS = 2 * 86_400_000;
/** Any shape may come from these, so the generic layout tells them. */
const PLAIN = ['generic', 'standard-webhooks'];

const world = await aWorld({ fetch: fetchPublished });
after(() => world[Symbol.asyncDispose]());

for (const name of [...providers.keys()].filter((each) => samples.of(each).size > 0))
  describe(`samples of ${name}`, () => {
    it('are there for a person to try, the one that shows it best among them', () => {
      const { sample } = providers.get(name) ?? {};
      assert.ok(sample === undefined || samples.of(name).has(sample), sample);
    });

    it('are verified when signed, and make messages that both chats take, ping nobody and read well', async () => {
      const endpoint = await anEndpoint(name);
      for (const sample of samples.of(name).values()) {
        const response = await send(endpoint, fresh(endpoint, sample));
        assert.ok(isTaken(name, response), `${name}/${sample.type}: ${response}`);
      }
      await world.settled();
      const messages = await allMessages(name);
      for (const { message, drawings, text } of messages) {
        const title = message.title?.text ?? '';
        const { slack = [], discord = [] } = drawings;
        assert.deepEqual(
          [
            ...slack.flatMap(validateSlackMessage),
            ...discord.flatMap(validateDiscordMessage),
            ...slack.flatMap(slackPings),
            ...discord.flatMap(discordPings),
          ],
          [],
          title,
        );
        assert.ok(title.trim() && text.trim());
        assert.doesNotMatch(`${title}\n${message.body}`, /undefined|\bnull\b|\[object |NaN|\{\{/, title);
        assert.notEqual(title, 'A template failed', message.body);
      }
      const states = new Set((await world.events(`endpoint=${endpoint.id}&limit=200`)).map(({ state }) => state));
      assert.deepEqual(
        [...states].filter((state) => state !== 'posted' && state !== 'dropped'),
        [],
      );
    });

    it('are refused with a changed byte, another secret, or a header missing, doubled, malformed or stale, and nothing is kept', async () => {
      const endpoint = await anEndpoint(name);
      const forged = [...samples.of(name).values()].slice(0, runs(10));
      const forgeries = (await Promise.all(forged.map((sample) => forge(endpoint, sample)))).flat();
      if (isUnsigned(name)) return assert.deepEqual(forgeries, []);
      assert.ok(forgeries.length > 0);
      for (const { how, delivery } of forgeries) assert.equal(await send(endpoint, delivery), 401, how);
      assert.deepEqual(await world.events(`endpoint=${endpoint.id}`), []);
      assert.match((await world.type(`/webhook why ${endpoint.name}`)).text, /refused/i);
    });

    it('are rendered by a template that has nothing wrong with it', async () => {
      for (const { type, headers, body } of samples.of(name).values()) {
        const { json } = await world.call<{ template: string; problems: unknown[] }>('/api/v1/preview', {
          method: 'POST',
          body: { provider: name, headers, body: body.toString() },
        });
        assert.deepEqual(json.problems, [], type);
        if (!PLAIN.includes(name)) assert.match(json.template, new RegExp(`^templates/${name}/`), type);
      }
    });
  });

async function anEndpoint(name: string): Promise<Endpoint> {
  const provider = providers.get(name);
  const given = provider?.secret === 'theirs' ? secretsOf(name, provider) : undefined;
  const endpoint = await world.endpoint(
    name,
    `in #${name} ${CHOICES[name] ?? ''} ${given ? `secret="${given.known}"` : ''}`,
  );
  if (PUBLISHED.includes(name)) return { ...endpoint, secret: rsa.privatePem };
  return given ? { ...endpoint, secret: given.signing } : endpoint;
}

function fresh(
  { provider: name, url, secret }: Endpoint,
  sample: Sample,
  { secret: other = secret, now = new Date() } = {},
): Delivery {
  const provider = providers.get(name);
  if (!provider) throw new Error(`no provider ${name}`);
  return toFreshDelivery({ sample, provider, secret: other, context: { url, options: optionsOf(name) }, now });
}

function optionsOf(name: string): Record<string, string> {
  return Object.fromEntries(
    (CHOICES[name] ?? '')
      .split(' ')
      .filter(Boolean)
      .map((pair) => pair.split('=') as [string, string]),
  );
}

/** Some providers answer as their senders expect of another service. */
function isTaken(name: string, status: number | undefined): boolean {
  return providers.get(name)?.answers ? status === 200 || status === 204 : status === 202;
}

/** The secret as the endpoint has it, where its sender signs with another. */
function knownTo({ provider: name, secret }: Endpoint): string {
  const provider = providers.get(name);
  const secrets = provider && secretsOf(name, provider);
  return secrets && secrets.signing === secret ? secrets.known : secret;
}

/** What cannot be forged, because only the URL vouches for it. */
function isUnsigned(name: string): boolean {
  return providers.get(name)?.secret === 'none';
}

/** Ways to get a genuine delivery wrong. */
async function forge(endpoint: Endpoint, sample: Sample): Promise<readonly { how: string; delivery: Delivery }[]> {
  if (isUnsigned(endpoint.provider)) return [];
  const provider = providers.get(endpoint.provider);
  const context = { url: endpoint.url, options: optionsOf(endpoint.provider) };
  const genuine = fresh(endpoint, sample);
  const proof = provider?.signature.sign(parseDelivery(genuine), endpoint.secret, context) ?? {};
  const changed = { ...genuine, body: flip(genuine.body) };
  const covered = Object.entries(provider?.signature.sign(parseDelivery(changed), endpoint.secret, context) ?? {}).some(
    ([header, value]) => proof[header] !== value,
  );
  const stale = fresh(endpoint, sample, { now: new Date(Date.now() - TWO_DAYS) });
  const verdict = await provider?.signature.verify(parseDelivery(genuine), [knownTo(endpoint)], {
    ...context,
    fetch: fetchPublished,
  });
  const isDated = verdict?.ok && verdict.age !== undefined;
  const other = endpoint.secret.includes('PRIVATE KEY')
    ? endpoint.secret.replace(/-----BEGIN.*$/s, otherRsa.privatePem)
    : endpoint.secret.replace(/[a-zA-Z](?=[^a-zA-Z]*$)/, (letter) => (letter === 'a' ? 'b' : 'a'));
  const with_ = (header: string, value: string | readonly string[] | undefined): Delivery => {
    const { [header]: _, ...rest } = genuine.headers;
    return { ...genuine, headers: value === undefined ? rest : { ...rest, [header]: value } };
  };
  const what = `${endpoint.provider}/${sample.type}`;
  return [
    ...(covered ? [{ how: `${what}: a changed byte`, delivery: changed }] : []),
    {
      how: `${what}: another secret`,
      delivery: fresh(endpoint, sample, { secret: other === endpoint.secret ? `${other}x` : other }),
    },
    ...(isDated ? [{ how: `${what}: signed two days ago`, delivery: stale }] : []),
    ...Object.entries(proof).flatMap(([header, value]) => [
      { how: `${what}: ${header} missing`, delivery: with_(header, undefined) },
      { how: `${what}: ${header} doubled`, delivery: with_(header, [value, value]) },
      { how: `${what}: ${header} malformed`, delivery: with_(header, '\u00e9'.repeat(value.length)) },
      { how: `${what}: ${header} empty`, delivery: with_(header, '') },
    ]),
  ];
}

function flip(body: Buffer): Buffer {
  const changed = Buffer.from(body);
  const index = changed.indexOf('a');
  changed[index] = (changed[index] ?? 0) ^ 1;
  return changed;
}

/** Sends what `fetch` would refuse to: repeated headers, and bytes that are no text. */
function send({ url }: Endpoint, { method, headers, body }: Delivery): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const sent = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
  request(url, { method, headers: { ...sent, 'content-length': body.length } }, (response) =>
    resolve(response.resume().statusCode),
  )
    .on('error', reject)
    .end(body);
  return promise;
}

async function allMessages(channel: string) {
  return (
    await world.call<{ messages: Awaited<ReturnType<World['messages']>> }>(
      `/api/v1/channels/${channel}/messages?limit=200`,
    )
  ).json.messages;
}
