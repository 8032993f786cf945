import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadCatalogue } from '../src/app/catalogue.ts';
import { toFreshDelivery } from '../src/core/provider/fresh-delivery.ts';
import { toDiscordMessages } from '../src/platforms/discord/message/to-discord-messages.ts';
import { toSlackMessage } from '../src/platforms/slack/message/to-slack-message.ts';
import { previewDelivery } from '../src/relay/preview.ts';
import { parseMarkdown } from '../src/render/markdown/markdown.ts';
import { discordPings, validateDiscordMessage } from './doubles/discord/limits.ts';
import { slackPings, validateSlackMessage } from './doubles/slack/limits.ts';
import { aWorld, type Endpoint } from './world.ts';

/** Payloads that real providers sent, where they lie beside the project. */
const CORPUS = join(import.meta.dirname, '../../shared/corpus');
const skip = !existsSync(CORPUS) && 'there are no recorded payloads beside this checkout';

/** Recordings of one provider's older and newer deliveries. */
const FAMILIES: Readonly<Record<string, string>> = { bitbucket2: 'bitbucket', bitbucket3: 'bitbucket' };

interface Fixture {
  readonly file: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly encoding?: string | readonly string[];
}

/** A recorded body, as its provider wraps it. */
function toBody({ file, encoding }: Fixture): { body: Buffer; type: string } {
  const bytes = readFileSync(join(CORPUS, file));
  const [, field] = /^(?:urlencoded-field|query-param):(\w+)$/.exec(String(encoding)) ?? [];
  if (field)
    return {
      body: Buffer.from(new URLSearchParams({ [field]: bytes.toString() }).toString()),
      type: 'application/x-www-form-urlencoded',
    };
  return {
    body: bytes,
    type: file.endsWith('.xml') ? 'application/xml' : file.endsWith('.txt') ? 'text/plain' : 'application/json',
  };
}

describe('recorded payloads', { skip }, () => {
  const index = skip
    ? { providers: {} }
    : (JSON.parse(readFileSync(join(CORPUS, 'index.json'), 'utf8')) as {
        providers: Record<string, { fixtures: Fixture[] }>;
      });
  const fixtures = Object.entries(index.providers).flatMap(([provider, { fixtures }]) =>
    fixtures.map((fixture) => ({ provider, ...fixture })),
  );

  it('are all accepted by a generic endpoint, and each makes a message', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic', 'in #ops');
    assert.ok(fixtures.length > 600, `${fixtures.length} payloads`);
    const statuses = new Map<number, number>();
    for (const fixture of fixtures) {
      const { body, type } = toBody(fixture);
      const { status } = await world.deliver(endpoint, { body, headers: { ...fixture.headers, 'content-type': type } });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    await world.settled();
    // Some are recorded twice to the byte, and count as repeats.
    assert.deepEqual(
      [...statuses.keys()].filter((status) => status !== 202 && status !== 200),
      [],
    );
    assert.equal((await world.events('state=failed')).length, 0);
    assert.equal((await world.events('state=queued')).length, 0);
  });

  it('are all verified and kept by an endpoint of their own provider, when they are signed', async () => {
    await using world = await aWorld();
    const { providers } = await loadCatalogue();
    const own = fixtures.flatMap((fixture) => {
      const name = FAMILIES[fixture.provider] ?? fixture.provider;
      const provider = providers.get(name);
      return provider && name !== 'generic' ? [{ name, provider, fixture }] : [];
    });
    assert.ok(own.length > 150, `${own.length} payloads`);
    const endpoints = new Map<string, Endpoint>();
    for (const { name, provider, fixture } of own) {
      const given = provider.secret === 'theirs' ? 'secret=whsec_dGhlIHNlY3JldCB0aGF0IHdhcyBnaXZlbiB0byB1cw==' : '';
      const endpoint = endpoints.get(name) ?? (await world.endpoint(name, `in #${name} ${given}`));
      endpoints.set(name, endpoint);
      const { body, type } = toBody(fixture);
      const lowered = Object.entries({ 'content-type': type, ...fixture.headers }).map(([key, value]) => [
        key.toLowerCase(),
        value,
      ]);
      const sample = { provider: name, type: '', method: 'POST', headers: Object.fromEntries(lowered), body };
      const context = { url: endpoint.url, options: {} };
      const delivery = toFreshDelivery({ sample, provider, secret: endpoint.secret, context, now: new Date() });
      const headers = Object.fromEntries(Object.entries(delivery.headers).map(([key, value]) => [key, String(value)]));
      const { status } = await fetch(endpoint.url, { method: 'POST', headers, body: new Uint8Array(delivery.body) });
      assert.ok(status === 202 || status === 200, `${fixture.file}: ${status}`);
    }
    await world.settled();
    assert.deepEqual((await world.events('state=failed')).length + (await world.events('state=queued')).length, 0);
  });

  it('make messages within every limit, which are not empty and ping nobody', async () => {
    const { providers, composer } = await loadCatalogue();
    const offences: string[] = [];
    for (const fixture of fixtures)
      for (const name of new Set(['generic', FAMILIES[fixture.provider] ?? fixture.provider])) {
        if (!providers.has(name)) continue;
        const provider = providers.get(name);
        const { body, type } = toBody(fixture);
        const headers = Object.fromEntries(
          Object.entries({ 'content-type': type, ...fixture.headers }).map(([key, value]) => [
            key.toLowerCase(),
            value,
          ]),
        );
        const delivery = {
          method: 'POST',
          url: '',
          headers,
          query: {},
          body,
          receivedAt: new Date(),
          remoteAddress: '',
        };
        const { message, problems } = previewDelivery(delivery, { name, provider, composer });
        const slack = toSlackMessage(message, { parseMarkdown });
        const discord = toDiscordMessages(message, { parseMarkdown });
        const found = [
          ...problems.map(({ template, message }) => `${template}: ${message}`),
          ...validateSlackMessage(slack),
          ...discord.flatMap(validateDiscordMessage),
          ...slackPings(slack),
          ...discord.flatMap(discordPings),
          ...(message.title?.text.trim() ? [] : ['no title']),
        ];
        offences.push(...found.map((problem) => `${fixture.file} as ${name}: ${problem}`));
      }
    assert.deepEqual(offences, []);
  });
});
