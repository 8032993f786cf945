import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { AppError } from '../../src/core/errors.ts';
import { webUrl } from '../../src/core/message/safe-link.ts';
import { discordUrl } from '../../src/platforms/discord/message/discord-url.ts';
import type { DiscordMessage } from '../../src/platforms/discord/message/payload.ts';
import { withoutParts } from '../../src/platforms/discord/posting/without-parts.ts';
import { wordsOf } from '../chats/chat.ts';
import { aDiscord } from '../chats/places.ts';
import type { Json } from '../doubles/discord/messages.ts';
import { aDiscordWorld, anEventMessage } from '../doubles/discord/world.ts';

const INTERNAL = 'http://prometheus:9090/graph?g0.expr=up';

describe('an address without a dot in its host', { timeout: 120_000 }, () => {
  it('is never sent to Discord as a title, a picture or a button', async (t) => {
    const { discord, post } = await aDiscordWorld(t);
    await post(
      anEventMessage({
        title: { text: 'HighLatency', url: INTERNAL },
        author: { name: 'Prometheus', url: INTERNAL, icon: 'http://grafana/icon.png' },
        image: { url: 'http://grafana/graph.png', alt: 'A graph' },
        actions: [
          { label: 'Graph', url: INTERNAL },
          { label: 'Runbook', url: 'https://example.com/runbook' },
          { label: 'Mute', command: 'mute', options: { endpoint: 'api' } },
        ],
      }),
    );
    assert.deepEqual(
      discord.calls('POST', /messages$/).map(({ status }) => status),
      [200],
    );
    const [told] = discord.messages('ops');
    assert.match(JSON.stringify(told?.embeds), /HighLatency.*Three commits.*\[Graph\]\(http:\/\/prometheus:9090/);
    assert.match(JSON.stringify(told?.components), /Runbook.*Mute/);
  });

  it('costs an alert nothing of what it says', async (t) => {
    const { discord, world, close } = await aDiscord('gateway');
    t.after(close);
    const endpoint = await world.endpoint('alertmanager', 'in discord:#ops');
    await world.deliver(endpoint, { payload: ALERT });
    await world.settled();
    const [told] = discord.messages('ops');
    assert.match(`${told?.content} ${wordsOf(told?.embeds)}`, /p99 is 3 s/);
    assert.match(wordsOf(told?.embeds), /api1/);
    assert.deepEqual(
      discord.calls('POST', /messages$/).map(({ status }) => status),
      [200],
    );
  });

  for (const [url, taken] of Object.entries({
    'https://example.com/x': true,
    'http://10.0.0.1:9090/': true,
    'http://localhost:3000/': false,
    'http://prometheus./x': false,
    'http://[::1]/': false,
    'http://a.b./': true,
    'ftp://example.com/': false,
  }))
    it(`${taken ? 'is' : 'is not'} ${url}`, () => assert.equal(discordUrl(webUrl(url)) !== undefined, taken));
});

describe('a part of a message that Discord refuses', { timeout: 120_000 }, () => {
  const parts: Readonly<Record<string, readonly [errors: object, missing: RegExp, kept: RegExp]>> = {
    'a title’s address': [
      { embeds: { 0: { url: _() } } },
      /"url":"https:\/\/example.com\/push","title"/,
      /octocat.*Branch.*Mute/,
    ],
    'a field': [{ embeds: { 0: { fields: { 0: { value: _() } } } } }, /Branch/, /octocat.*Three commits.*Mute/],
    'the only field, by its name': [{ embeds: { 0: { fields: { 0: { name: _() } } } } }, /Branch/, /Three commits/],
    'a link button': [
      { components: { 0: { components: { 0: { url: _() } } } } },
      /"label":"Open"/,
      /octocat.*Branch.*Mute/,
    ],
    'a command button': [
      { components: { 0: { components: { 1: { custom_id: _() } } } } },
      /Mute for 1 h/,
      /octocat.*Open/,
    ],
    'an entry of a menu': [
      { components: { 1: { components: { 0: { options: { 0: { label: _() } } } } } } },
      /Mute the source/,
      /Why did I/,
    ],
    'a whole row': [{ components: { 1: _() } }, /Why did I/, /octocat.*Open/],
    'two things at once': [
      { embeds: { 0: { url: _(), fields: { 0: { value: _() } } } } },
      /Branch/,
      /octocat.*Three commits.*Mute/,
    ],
    'all embeds together': [{ embeds: _() }, /"title"/, /octocat.*Mute/],
  };
  for (const [what, [errors, missing, kept]] of Object.entries(parts))
    it(`is left out, and the rest is posted: ${what}`, async (t) => {
      const { discord, platform, post, lines } = await aDiscordWorld(t);
      refuse(discord.fail, errors);
      const since = new Date(discord.clock.now());
      const ref = await post(anEventMessage(), 'ops', 'n');
      const [told, ...others] = discord.messages('ops');
      const written = JSON.stringify([told?.content, told?.embeds, told?.components]);
      assert.doesNotMatch(written, missing);
      assert.match(written, kept);
      assert.deepEqual(others, []);
      assert.ok(lines.some(({ message }) => message.includes('was posted without them')));
      assert.ok(ref.leftOut?.every((part) => /^[a-zA-Z ,]+$/.test(part)) && ref.leftOut.length > 0);
      // It is still found by its mark.
      assert.equal((await platform.find(ref.channel, { nonce: 'n', since }))?.id, ref.id);
    });

  it('is left out of a forum post too, and of an edit', async (t) => {
    const { discord, platform, post } = await aDiscordWorld(t);
    const forum = discord.addChannel('incidents', { kind: 'forum' });
    refuse(discord.fail, { message: { embeds: { 0: { fields: { 0: { value: _() } } } } } }, /threads$/);
    const { channel } = await platform.post(forum.id, anEventMessage(), { nonce: 'a' });
    assert.doesNotMatch(JSON.stringify(discord.messages(channel)), /Branch/);
    const ref = await post();
    refuse(discord.fail, { embeds: { 0: { fields: { 0: { value: _() } } } } }, /messages\/\d+$/, 'PATCH');
    await platform.edit(ref, anEventMessage({ body: 'Four commits.' }));
    assert.match(JSON.stringify(discord.messages('ops')[0]?.embeds), /Four commits/);
    assert.doesNotMatch(JSON.stringify(discord.messages('ops')[0]?.embeds), /Branch/);
  });

  it('is left out when it shows only after another is gone', async (t) => {
    const { discord, post } = await aDiscordWorld(t);
    for (const errors of [{ embeds: { 0: { url: _() } } }, { embeds: { 0: { fields: { 0: { name: _() } } } } }])
      refuse(discord.fail, errors);
    await post();
    assert.match(JSON.stringify(discord.messages('ops')[0]), /octocat.*Three commits/);
  });

  it('keeps the buttons when nothing but one line is taken', async (t) => {
    const { discord, post } = await aDiscordWorld(t);
    discord.fail({
      method: 'POST',
      path: /messages$/,
      status: 400,
      body: { message: 'Invalid Form Body', code: 50035 },
    });
    await post();
    const [told] = discord.messages('ops');
    assert.match(String(told?.content), /octocat pushed to main/);
    assert.match(JSON.stringify(told?.components), /Mute for 1 h/);
  });

  it('is the name of a thread at worst, which is then called something else', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    const forum = discord.addChannel('incidents', { kind: 'forum' });
    refuse(discord.fail, { name: _() }, /threads$/);
    const { channel } = await platform.post(forum.id, anEventMessage(), { nonce: 'a' });
    assert.equal(discord.place.named(channel).name, 'Webhook');
    await platform.post(forum.id, anEventMessage({ title: { text: ' \n ' }, body: '\u200B' }), { nonce: 'b' });
  });

  it('is never the channel’s fault', async (t) => {
    const { discord, post } = await aDiscordWorld(t);
    const body = { message: 'Invalid Form Body', code: 50035 };
    discord.fail({ method: 'POST', path: /messages$/, times: 20, status: 400, body });
    await assert.rejects(post(), ({ status, code }: AppError) => status === 400 && code === 'discord_payload');
  });

  it('is left out of an answer to a person too', async (t) => {
    const { discord } = await aDiscordWorld(t);
    refuse(discord.fail, { embeds: { 0: { timestamp: _() } } }, /original/, 'PATCH');
    const answer = await discord.answer(await discord.type('/webhook secret'));
    assert.match(wordsOf(answer.embeds), /ran secret/);
  });

  it('leaves a message that is smaller, whatever path an error names', () => {
    const name = fc.constantFrom(
      'embeds',
      'fields',
      'components',
      'options',
      'url',
      'name',
      'author',
      'footer',
      '0',
      '1',
      '7',
      'message',
      '__proto__',
    );
    fc.assert(
      fc.property(fc.array(fc.array(name, { maxLength: 7 }), { maxLength: 4 }), (paths) => {
        const less = withoutParts(MESSAGE, paths)?.message;
        if (!less) return;
        assert.ok(JSON.stringify(less).length <= JSON.stringify(MESSAGE).length);
        assert.ok(less.components.every(({ components }) => components.length > 0));
      }),
    );
  });
});

const MESSAGE: DiscordMessage = {
  content: 'x',
  allowed_mentions: { parse: [] },
  embeds: [
    { color: 1, title: 'a', url: 'https://a.b/', fields: [{ name: 'a', value: 'b', inline: true }] },
    { color: 1, author: { name: 'a', url: 'https://a.b/' }, footer: { text: 'c' } },
  ],
  components: [
    { type: 1, components: [{ type: 2, style: 5, label: 'a', url: 'https://a.b/' }] },
    { type: 1, components: [{ type: 3, custom_id: 'm', placeholder: 'More', options: [{ label: 'a', value: 'b' }] }] },
  ],
};

const ALERT = {
  receiver: 'chat',
  status: 'firing',
  version: '4',
  groupKey: '{}:{}',
  truncatedAlerts: 0,
  externalURL: 'http://alertmanager:9093',
  groupLabels: {},
  commonLabels: { alertname: 'HighLatency', instance: 'api1', severity: 'critical' },
  commonAnnotations: { summary: 'p99 is 3 s', description: 'Look at the database.' },
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'HighLatency', instance: 'api1', severity: 'critical' },
      annotations: { summary: 'p99 is 3 s', description: 'Look at the database.' },
      startsAt: '2026-11-27T10:00:00Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: INTERNAL,
      fingerprint: '29395380',
    },
  ],
};

/** What Discord says of one refused part. */
function _(): Json {
  return { _errors: [{ code: 'BASE_TYPE_BAD', message: 'Not a well formed URL.' }] };
}

type Fail = Awaited<ReturnType<typeof aDiscordWorld>>['discord']['fail'];

/** Refuses the next request of a kind, naming these parts. */
function refuse(fail: Fail, errors: object, path = /messages$/, method = 'POST'): void {
  fail({ method, path, status: 400, body: { message: 'Invalid Form Body', code: 50035, errors } });
}
