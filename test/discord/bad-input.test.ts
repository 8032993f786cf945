import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { UNFORESEEN } from '../../src/core/errors.ts';
import { toFreshDelivery } from '../../src/core/provider/fresh-delivery.ts';
import { loadTemplates } from '../../src/render/templates.ts';
import { eventually, wordsOf } from '../chats/chat.ts';
import { aDiscord } from '../chats/places.ts';
import { hastily } from '../doubles/clocks/hasty-clock.ts';
import type { Discord } from '../doubles/discord/double.ts';
import { discordPings } from '../doubles/discord/limits.ts';
import { aPush, type Endpoint, providers } from '../world.ts';

const ROOMY = { messages: { limit: 1_000, milliseconds: 1_000 }, globalPerSecond: 10_000 };
const SECRET = 'whsec_dGhlIHNlY3JldCB0aGF0IHdhcyBnaXZlbiB0byB1cw==';
/** These make the secret themselves. */
const GIVEN = ['sentry', 'stripe', 'pagerduty', 'linear'];
const EVIL = '@everyone @here <@&123456789012345678> <@123456789012345678>';
const { samples } = await loadTemplates(join(import.meta.dirname, '../../templates'));

type Message = ReturnType<Discord['messages']>[number];

describe('bad input on Discord', () => {
  it('option values out of range are refused with what is possible, and change nothing', async (t) => {
    const { discord, world, say } = await aChat(t);
    const [event] = await world.events();
    for (const page of [0, -1, 2, 1e15])
      assert.match(await say('payload', { event: event?.id ?? '', page }), /There is no page .*page=1/);
    assert.match(await say('mute', { endpoint: 'api', for: '0s' }), /needs an end in the future/);
    assert.match(await say('mute', { endpoint: 'api', for: '31d' }), /at most, so that nobody forgets/);
    for (const wrong of ['-1h', `${'9'.repeat(400)}h`, 'soon', '🕑'.repeat(500)])
      assert.match(await say('mute', { endpoint: 'api', for: wrong }), /is not a length of time for .*2h/);
    assert.match(await say('mute', { endpoint: 'api', until: 'yesterday', zone: 'UTC' }), /needs an end in the future/);
    assert.match(await say('mutes'), /no mutes|Nothing is muted/i);
    for (const value of [1.5, 1e300, true, {}, ['x'], null])
      discord.inject(2, toTyped('payload', { name: 'page', type: 4, value }, { name: 'event', type: 3, value: '1' }));
    for (const value of ['Loud', 'critical'.repeat(800)])
      discord.inject(
        2,
        toTyped('mute', { name: 'endpoint', type: 3, value: 'api' }, { name: 'severity', type: 3, value }),
      );
    assert.match(await say('list'), /1 endpoint/);
  });

  it('a channel of the wrong type is refused by name, and no endpoint is made', async (t) => {
    const { discord, say } = await aChat(t);
    const { id } = discord.addChannel('group', { kind: 'category' });
    for (const command of ['new', 'route']) {
      const options =
        command === 'new'
          ? { provider: 'github', 'in-elsewhere': `<#${id}>` }
          : { endpoint: 'api', action: 'add', 'channel-elsewhere': `<#${id}>` };
      assert.match(
        await say(command, options),
        /#group takes no messages. Choose a text, announcement, forum or thread/,
      );
    }
    for (const place of ['<#1>', '<@123456789012345678>', '<#123456789012345678>', '#no where', '@everyone'])
      assert.match(
        await say('new', { provider: 'github', 'in-elsewhere': place }),
        /no Discord channel|not a Discord channel|is gone/,
      );
    assert.match(await say('list'), /1 endpoint/);
  });

  for (const way of ['gateway', 'http'] as const)
    it(`a modal submitted after fifteen minutes is taken all the same, over ${way}`, async (t) => {
      const { discord, say } = await aChat(t, way);
      const asked = await discord.type('/webhook rename', { to: 'doors' }, { user: discord.people.admin });
      discord.clock.advance(16 * 60_000);
      const answer = await discord.answer(await discord.submit(asked, { endpoint: 'api' }));
      assert.match(words(answer), /api is now doors/);
      assert.match(await say('list'), /doors/);
    });

  it('a button on a message whose endpoint is gone says so, and another of that name stays as it is', async (t) => {
    const { discord, world, say, told } = await aChat(t);
    const admin = { user: discord.people.admin };
    const shown = await behind(discord, told);
    const question = await discord.answer(await discord.type('/webhook delete', { endpoint: 'api' }, admin));
    await discord.answer(await discord.click(question, 'Delete api', admin));
    await world.endpoint('github', 'in discord:#ops as api');
    for (const press of [
      () => discord.click(shown, 'Mute acme/api for 1 h'),
      () => discord.click(question, 'Delete api', admin),
    ])
      assert.match(words(await discord.answer(await press())), /no endpoint/i);
    const why = await discord.click(await behind(discord, told), 'Why did I see this?');
    assert.match(words(await discord.answer(why)), /verified by/);
    assert.match(await say('list'), /1 endpoint/);
    assert.match(await say('mutes'), /no mutes|Nothing is muted/i);
  });

  it('a user without permission who clicks gets a private answer, and changes nothing', async (t) => {
    const { discord, say, told } = await aChat(t);
    const { outsider, admin, member } = discord.people;
    const question = await discord.answer(await discord.type('/webhook delete', { endpoint: 'api' }, { user: admin }));
    const before = discord.messages('ops').length;
    const shown = await behind(discord, told);
    for (const label of ['⋯', 'Mute acme/api for 1 h', 'Why did I see this?', 'Show payload', 'Replay']) {
      const message = label === '⋯' ? told : shown;
      const refused = await discord.answer(await discord.click(message, label, { user: outsider }));
      assert.match(words(refused), /may not use Bellhop here/);
      assert.equal(refused.flags & 64, 64);
    }
    const explained = await discord.answer(
      await discord.apps('Why did I see this?', told, { user: outsider, force: true }),
    );
    assert.match(words(explained), /may not use Bellhop here/);
    const refused = await discord.answer(await discord.click(question, 'Delete api', { user: member }));
    assert.match(words(refused), /Only an owner of api or an admin may delete/);
    assert.equal(discord.messages('ops').length, before);
    assert.match(await say('mutes'), /no mutes|Nothing is muted/i);
    assert.match(await say('list'), /1 endpoint/);
  });

  it('`@everyone` and `<@&id>` in every payload field, and in every command, ping nobody', async (t) => {
    const { discord, world, say } = await aChat(t);
    for (const provider of ['github', 'alertmanager', 'grafana', 'sentry', 'stripe', 'pagerduty', 'linear'])
      await deliverAll(
        await world.endpoint(provider, `in discord:#ops ${GIVEN.includes(provider) ? `secret=${SECRET}` : ''}`),
      );
    await world.settled();
    assert.ok(discord.messages('ops').length > 40);
    for (const [command, options] of Object.entries({
      mute: { endpoint: 'api', source: EVIL, because: EVIL },
      show: { endpoint: EVIL },
      new: { provider: EVIL, as: EVIL, 'in-elsewhere': EVIL },
      help: { command: EVIL },
      list: { words: EVIL },
    }))
      await say(command, options);
    const sent = discord
      .calls()
      .filter(({ method, path }) => method !== 'GET' && /messages|webhooks|callback/.test(path));
    const payloads = sent.map(({ body }) => (body.data ?? body) as Message).filter(({ embeds }) => embeds);
    assert.ok(payloads.length > 40);
    for (const payload of payloads)
      assert.deepEqual([discordPings(payload), payload.allowed_mentions], [[], { parse: [] }], JSON.stringify(payload));
  });

  it('embeds with empty names, 40 fields and 20,000 characters are posted within the limits', async (t) => {
    const { discord, world } = await aChat(t);
    const endpoint = await world.endpoint('generic', 'in discord:#ops');
    const blank = ['', ' ', '\u200B', '\u2800', '\n', '\u0000'];
    const fields = Array.from({ length: 40 }, (_, index) => [`field ${index}`, `value ${index}`]);
    for (const payload of [
      Object.fromEntries(blank.map((name) => [name, name])),
      { title: '', name: ' ', message: '\u200B', author: { name: '' }, '': { '': '' } },
      Object.fromEntries(fields),
      Object.fromEntries(fields.map(([name, value = '']) => [name, value.repeat(500)])),
      { title: 'x'.repeat(20_000), message: 'word '.repeat(4_000) },
      { text: '\\'.repeat(20_000), ['*'.repeat(20_000)]: '_'.repeat(20_000) },
      { message: `${'漢字🏳️‍🌈'.repeat(2_000)}${'e\u0301\u0302'.repeat(2_000)}` },
    ]) {
      const before = discord.messages('ops').length;
      assert.equal((await world.deliver(endpoint, { payload })).status, 202);
      await eventually(() => discord.messages('ops').length > before, JSON.stringify(payload).slice(0, 80));
    }
    const posts = discord.calls('POST', /messages$/);
    assert.deepEqual(
      posts.filter(({ status }) => status !== 200),
      [],
    );
  });
});

/** All of Bellhop on Discord, with one endpoint that has told of one push. */
async function aChat(t: TestContext, way: 'gateway' | 'http' = 'gateway') {
  const { discord, world, close } = await aDiscord(way, { limits: ROOMY, clock: hastily });
  t.after(close);
  const made = await discord.answer(
    await discord.type('/webhook new', { provider: 'github', as: 'api' }, { user: discord.people.admin }),
  );
  assert.match(words(made), /api is ready/);
  const [url = ''] = /http:[^\s|>]+\/in\/[\w-]+/.exec(words(made)) ?? [];
  const [secret = ''] = /\b[0-9a-f]{64}\b/.exec(words(made)) ?? [];
  await world.deliver({ name: 'api', provider: 'github', id: '', url, secret }, aPush());
  await world.settled();
  const [told] = discord.messages('ops');
  assert.ok(told);
  /** Types a command as an admin, and gives back the words of the answer. */
  const say = async (command: string, options: Readonly<Record<string, string | number | boolean>> = {}) => {
    const exchange = await discord.type(`/webhook ${command}`, options, { user: discord.people.admin });
    const answer = words(await discord.answer(exchange));
    assert.ok(!answer.includes(UNFORESEEN), answer);
    return answer;
  };
  return { discord, world, told, say };
}

/** What a message's ⋯ shows. */
async function behind(discord: Discord, message: Message): Promise<Message> {
  return discord.answer(await discord.click(message, '⋯'));
}

function words({ embeds }: Message): string {
  return wordsOf(embeds).replace(/[`*]/g, '');
}

function toTyped(name: string, ...options: readonly object[]) {
  return { name: 'webhook', type: 1, options: [{ name, type: 1, options }] };
}

/** Delivers every sample of a provider, with something evil at the end of every text in it. */
async function deliverAll(endpoint: Endpoint): Promise<void> {
  const provider = providers.get(endpoint.provider);
  assert.ok(provider);
  for (const sample of samples.of(endpoint.provider).values()) {
    const body = Buffer.from(JSON.stringify(spoiled(JSON.parse(sample.body.toString()))));
    const context = { url: endpoint.url, options: {} };
    const { secret } = endpoint;
    const delivery = toFreshDelivery({ sample: { ...sample, body }, provider, secret, context, now: new Date() });
    const headers = Object.entries(delivery.headers).map(([name, value]) => [name, String(value)] as [string, string]);
    const response = await fetch(endpoint.url, { method: 'POST', headers, body: new Uint8Array(delivery.body) });
    assert.ok(response.ok, `${endpoint.provider}/${sample.type} ${response.status}`);
  }
}

function spoiled(value: unknown): unknown {
  if (typeof value === 'string') return `${value} ${EVIL}`;
  if (Array.isArray(value)) return value.map(spoiled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spoiled(inner)]));
}
