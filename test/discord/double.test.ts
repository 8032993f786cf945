import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it, type TestContext } from 'node:test';
import {
  type ChatInputCommandInteraction,
  Client,
  Events,
  GatewayIntentBits,
  type Interaction,
  type TextChannel,
} from 'discord.js';
import { type DiscordOptions, startDiscord } from '../doubles/discord/double.ts';
import { createOracle, oracleAtHand } from '../doubles/discord/oracle.ts';
import { until } from '../until.ts';

const PING = {
  name: 'ping',
  description: 'Answers',
  options: [{ type: 3, name: 'word', description: 'A word', autocomplete: true }],
};

const QUIET = { allowed_mentions: { parse: [] } };

describe('the double of Discord', () => {
  it('lets discord.js in and shows it a guild with channels', async (t) => {
    const { client } = await aClient(t);
    assert.deepEqual([client.guilds.cache.first()?.name, client.channels.cache.size], ['Acme', 2]);
  });

  it('refuses a wrong token by REST and by gateway', async (t) => {
    const discord = await startDiscord();
    t.after(discord.stop);
    const client = new Client({ intents: [], rest: { api: discord.api } });
    await assert.rejects(client.login('wrong'), { code: 'TokenInvalid' });
    assert.equal(discord.limiter.invalid(), 1);
  });

  it('keeps commands and refuses those outside the limits', async (t) => {
    const { discord, client } = await aClient(t);
    await client.application.commands.set([PING]);
    assert.equal(discord.commands()[0]?.name, 'ping');
    const capital = { ...PING, name: 'Ping' };
    await assert.rejects(client.rest.put(`/applications/${client.application.id}/commands`, { body: [capital] }), {
      code: 50035,
    });
  });

  it('carries a command, its reply, an edit and a follow-up', async (t) => {
    const { discord } = await aClient(t, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply(`pong ${interaction.options.getString('word')}`);
      await interaction.editReply('edited');
      await interaction.followUp({ content: 'and more', flags: 64 });
    });
    const exchange = await discord.type('/ping', { word: 'x' });
    const answer = await discord.answer(exchange);
    await until(() => exchange.followups.length === 1);
    assert.match(answer.content, /pong x|edited/);
    assert.deepEqual(
      [discord.messages('ops')[0]?.content, discord.ephemeral('ops')[0]?.content],
      ['edited', 'and more'],
    );
  });

  it('completes options, opens modals and runs buttons and menus', async (t) => {
    const { discord } = await aClient(t, everyKind);
    assert.deepEqual(await discord.complete('/ping', 'word', 'ab'), [{ name: 'ab!', value: 'ab!' }]);
    const asked = await discord.type('/ping', { word: 'form' });
    const submitted = await discord.submit(asked, { Name: 'Ada' });
    const message = await discord.answer(submitted);
    assert.equal(message.content, 'Hello Ada');
    assert.equal((await discord.answer(await discord.click(message, 'Press'))).content, 'pressed');
    assert.equal((await discord.answer(await discord.choose(message, 'Two'))).content, 'chose 2');
  });

  it('forgets an interaction after three seconds, and its token after fifteen minutes', async (t) => {
    const late = Promise.withResolvers<unknown>();
    const { discord } = await aClient(t, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      if (interaction.options.getString('word') === 'now') await interaction.reply('soon');
      discord.clock.advance(interaction.replied ? 15 * 60_000 + 1 : 3_001);
      await (interaction.replied ? interaction.followUp('late') : interaction.reply('late')).catch(({ code }) =>
        late.resolve(code),
      );
    });
    await discord.type('/ping', { word: 'now' });
    assert.equal(await late.promise, 50027);
  });

  it('says 10062 to a first answer that comes too late', async (t) => {
    const code = Promise.withResolvers<unknown>();
    const { discord } = await aClient(t, async (interaction) => {
      discord.clock.advance(3_001);
      await (interaction as ChatInputCommandInteraction).reply('late').catch((error) => code.resolve(error.code));
    });
    discord.inject(2, { id: '1', name: 'ping', type: 1 });
    assert.equal(await code.promise, 10062);
  });

  it('takes a follow-up to "thinking" for the answer itself', async (t) => {
    const { discord } = await aClient(t, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply({ flags: 64 });
      await interaction.followUp('seen by all?');
    });
    const answer = await discord.answer(await discord.type('/ping'));
    assert.deepEqual([answer.content, answer.flags, discord.messages('ops')], ['seen by all?', 64, []]);
  });

  it('sends bucket headers, so that discord.js never runs into a limit', async (t) => {
    const { discord, channel } = await aClient(t, undefined, { limits: { messages: { limit: 2, milliseconds: 300 } } });
    await Promise.all(['1', '2', '3', '4', '5'].map((text) => channel.send(text)));
    assert.deepEqual(
      discord.calls('POST', /messages$/).map(({ status }) => status),
      [200, 200, 200, 200, 200],
    );
  });

  it('answers 429 in each scope, and counts all but the shared one', async (t) => {
    const { discord, channel } = await aClient(t);
    discord.limit('user', 0.01, { path: /messages$/ });
    await channel.send('at last');
    for (const scope of ['global', 'shared'] as const) {
      discord.limit(scope, 30, { path: /messages$/ });
      const response = await fetch(`${discord.api}/v10/channels/${channel.id}/messages`, { method: 'POST' });
      assert.deepEqual(
        [response.status, response.headers.get('x-ratelimit-scope'), response.headers.get('retry-after')],
        [429, scope, '30'],
      );
    }
    assert.equal(discord.limiter.invalid(), 2);
  });

  it('bans an address after too many invalid requests', async (t) => {
    const { discord, channel } = await aClient(t, undefined, { limits: { invalidRequests: 3 } });
    discord.deny('ops', ['viewChannel']);
    for (const _ of [1, 2, 3]) await assert.rejects(channel.send('x'), { code: 50001 });
    const response = await fetch(`${discord.api}/v10/users/@me`, {
      headers: { authorization: `Bot ${discord.token}` },
    });
    assert.deepEqual([response.status, await response.text()], [429, 'error code: 1015']);
  });

  it('gives back the same message for the same enforced nonce, and keeps no nonce in its history', async (t) => {
    const { discord, channel } = await aClient(t);
    const first = await channel.send({ content: 'once', nonce: 'n1', enforceNonce: true });
    const second = await channel.send({ content: 'once', nonce: 'n1', enforceNonce: true });
    assert.deepEqual([second.id, second.nonce], [first.id, 'n1']);
    assert.deepEqual(
      discord.messages('ops').map(({ nonce }) => nonce),
      [undefined],
    );
  });

  it('replays an interaction that came while the bot was away', async (t) => {
    const { discord, client } = await aClient(t, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply('back');
    });
    discord.gateway.drop();
    await until(() => discord.gateway.connections() === 0);
    const exchange = await discord.type('/ping');
    assert.equal((await discord.answer(exchange)).content, 'back');
    assert.ok(client.isReady());
    assert.ok(discord.gateway.received.some(({ op }) => op === 6));
  });

  it('makes the bot identify again when its session is invalid, and resume when asked to reconnect', async (t) => {
    const { discord, client } = await aClient(t);
    const resumed = once(client, Events.ShardResume);
    discord.gateway.askToReconnect();
    await resumed;
    discord.gateway.invalidate();
    await once(client, Events.ShardReady);
    assert.deepEqual(
      discord.gateway.received.map(({ op }) => op).filter((op) => op !== 1),
      [2, 6, 2],
    );
  });

  it('ends the connection for good with 4004', async (t) => {
    const { discord, client } = await aClient(t);
    const ended = once(client, Events.ShardDisconnect);
    client.on(Events.ShardError, () => {});
    discord.close(4004);
    assert.equal((await ended)[0].code, 4004);
  });

  it('has forums, threads, voice channels, and channels that are gone', async (t) => {
    const { discord, client } = await aClient(t);
    const forum = discord.addChannel('incidents', { kind: 'forum' });
    const category = discord.addChannel('group', { kind: 'category' });
    const post = (id: string) => client.rest.post(`/channels/${id}/messages`, { body: { content: 'x', ...QUIET } });
    await assert.rejects(post(forum.id), { code: 40058 });
    await assert.rejects(post(category.id), { code: 50008 });
    await assert.rejects(post(discord.removeChannel('ops').id), { code: 10003 });
    const thread = await client.rest.post(`/channels/${forum.id}/threads`, {
      body: { name: 'Down', message: { content: 'x', ...QUIET } },
    });
    assert.equal((thread as { type: number }).type, 11);
  });

  it('speaks as the official API description says', {
    skip: !oracleAtHand && 'the API description is not at hand',
  }, () => {
    const wrong = createOracle()?.request('POST', '/channels/:/messages', { embeds: Array(11).fill({ title: 'x' }) });
    assert.match(String(wrong), /embeds/);
  });
});

async function aClient(
  t: TestContext,
  onInteraction?: (interaction: Interaction) => Promise<unknown>,
  options: DiscordOptions = {},
) {
  const discord = await startDiscord(options);
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: { api: discord.api },
  });
  const failures: unknown[] = [];
  if (onInteraction)
    client.on(Events.InteractionCreate, (interaction) =>
      onInteraction(interaction).catch((error) => failures.push(error)),
    );
  t.after(async () => {
    await client.destroy();
    await discord.stop();
    assert.deepEqual([failures, discord.rest.problems], [[], []]);
  });
  const ready = once(client, Events.ClientReady);
  await client.login(discord.token);
  await ready;
  if (!client.isReady()) throw new Error('discord.js is not ready');
  if (onInteraction) await client.application.commands.set([PING]);
  const channel = client.channels.cache.find((found): found is TextChannel => 'name' in found && found.name === 'ops');
  if (!channel) throw new Error('there is no #ops');
  return { discord, client, channel };
}

async function everyKind(interaction: Interaction): Promise<unknown> {
  if (interaction.isAutocomplete())
    return interaction.respond([
      { name: `${interaction.options.getFocused()}!`, value: `${interaction.options.getFocused()}!` },
    ]);
  if (interaction.isButton()) return interaction.reply({ content: 'pressed', flags: 64 });
  if (interaction.isStringSelectMenu())
    return interaction.reply({ content: `chose ${interaction.values[0]}`, flags: 64 });
  if (interaction.isModalSubmit()) {
    const button = { type: 2, style: 1, custom_id: 'b', label: 'Press' };
    const menu = {
      type: 3,
      custom_id: 'm',
      placeholder: 'Pick',
      options: [
        { label: 'One', value: '1' },
        { label: 'Two', value: '2' },
      ],
    };
    const components = [
      { type: 1, components: [button] },
      { type: 1, components: [menu] },
    ];
    return interaction.reply({ content: `Hello ${interaction.fields.getTextInputValue('name')}`, components });
  }
  if (!interaction.isChatInputCommand()) return undefined;
  const field = { type: 18, label: 'Name', component: { type: 4, custom_id: 'name', style: 1 } };
  return interaction.showModal({ custom_id: 'form', title: 'Who?', components: [field] });
}
