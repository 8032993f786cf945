import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { discover } from '../../src/app/discover.ts';
import type { Command } from '../../src/core/command/command.ts';
import { reply } from '../../src/core/command/reply.ts';
import type { AppError } from '../../src/core/errors.ts';
import { toMessage } from '../../src/core/message/message.ts';
import { toApplicationCommands } from '../../src/platforms/discord/interactions/to-application-commands.ts';
import { toInviteLink } from '../../src/platforms/discord/invite.ts';
import { aCommandWorld } from '../doubles/command-world.ts';
import { validateCommands } from '../doubles/discord/command-limits.ts';
import type { Discord } from '../doubles/discord/double.ts';
import { bits } from '../doubles/discord/permissions.ts';
import { aDiscordWorld, anEventMessage, aRunner, settingsFor, until } from '../doubles/discord/world.ts';
import { runs } from '../runs.ts';

for (const overHttp of [false, true]) {
  describe(`Discord over ${overHttp ? 'HTTP' : 'its gateway'}`, () => {
    it('runs a typed command and answers in the channel', async (t) => {
      const run = aRunner();
      const { discord } = await aDiscordWorld(t, { run, overHttp });
      const exchange = await discord.type('/webhook mute', { endpoint: 'api', for: '2h', count: 3, confirm: true });
      const { embeds } = await discord.answer(exchange);
      assert.equal(embeds[0]?.description, '**api** is muted.');
      assert.deepEqual(run.ran[0]?.options, { endpoint: 'api', for: '2h', count: '3', confirm: 'true' });
      assert.deepEqual([discord.messages('ops').length, discord.ephemeral('ops').length], [1, 0]);
    });

    it('answers what only the caller may see to the caller alone', async (t) => {
      const { discord } = await aDiscordWorld(t, { overHttp });
      const answer = await discord.answer(await discord.type('/webhook secret'));
      assert.deepEqual([answer.embeds[0]?.description, answer.flags, discord.messages('ops')], ['ran secret', 64, []]);
    });

    it('asks in a modal for what is missing, with menus where there is a choice', async (t) => {
      const run = aRunner();
      const { discord } = await aDiscordWorld(t, { run, overHttp });
      const asked = await discord.type('/webhook new', { note: 'first line' });
      const ops = discord.place.named('ops').id;
      await discord.answer(await discord.submit(asked, { Provider: 'stripe', In: ops }));
      assert.deepEqual(run.ran[1]?.options, { provider: 'stripe', in: `<#${ops}>`, note: 'first line' });
    });

    it('completes options while they are typed', async (t) => {
      const { discord } = await aDiscordWorld(t, { overHttp });
      assert.deepEqual(await discord.complete('/webhook mute', 'endpoint', 'a'), [
        { name: 'api (GitHub)', value: 'api' },
      ]);
    });

    it('runs buttons and menus as commands', async (t) => {
      const run = aRunner();
      const { discord, post } = await aDiscordWorld(t, { run, overHttp });
      await post();
      const [message] = discord.messages('ops');
      assert.ok(message);
      await discord.answer(await discord.click(message, 'Mute for 1 h'));
      await discord.answer(await discord.choose(message, 'Mute the source'));
      assert.deepEqual(
        run.ran.map(({ options }) => options.for),
        ['1h', '2h'],
      );
    });

    it('asks before a button that must be confirmed', async (t) => {
      const run = aRunner();
      const { discord, post } = await aDiscordWorld(t, { run, overHttp });
      await post();
      const [message] = discord.messages('ops');
      assert.ok(message);
      const question = await discord.answer(await discord.click(message, 'Delete it'));
      assert.deepEqual([run.ran.length, question.flags], [0, 64]);
      await discord.answer(await discord.click(question, 'Yes, do it'));
      assert.equal(run.ran[0]?.command, 'secret');
    });

    it('explains a message from its menu', async (t) => {
      const run = aRunner();
      const { discord, post } = await aDiscordWorld(t, { run, overHttp });
      await post();
      await post(anEventMessage({ actions: [] }));
      const [told, silent] = discord.messages('ops');
      assert.ok(told && silent);
      const theirs = { ...silent, author: { id: '123456789012345678' } };
      await discord.answer(await discord.apps('Why did I see this?', told));
      await discord.answer(await discord.apps('More actions', told));
      await discord.answer(await discord.apps('Why did I see this?', silent));
      const refused = await discord.answer(await discord.apps('Why did I see this?', theirs));
      const words = 'octocat pushed to main';
      assert.deepEqual(
        run.ran.map(({ command, options }) => [command, options]),
        [
          ['why', { event: 'e1' }],
          ['menu', { event: 'e1' }],
          ['why', { event: words }],
        ],
      );
      assert.match(String(refused.embeds[0]?.description), /is not about an event/);
    });

    it('shows a long answer when it is ready', async (t) => {
      const slow = Promise.withResolvers<void>();
      const run = aRunner(async () => {
        await slow.promise;
        return reply('done');
      });
      const { discord } = await aDiscordWorld(t, { run, overHttp });
      const exchange = await discord.type('/webhook secret');
      assert.ok(exchange.loading);
      slow.resolve();
      assert.equal((await discord.answer(exchange)).embeds[0]?.description, 'done');
    });
  });
}

describe('Discord commands', () => {
  it('are registered once, and again only when they change', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    await platform.stop();
    await platform.start(aRunner());
    assert.equal(discord.calls('PUT', /commands$/).length, 1);
    const fewer = Object.assign(aRunner(), { commands: new Map() });
    await platform.stop();
    await platform.start(fewer);
    assert.equal(discord.calls('PUT', /commands$/).length, 2);
  });

  it('are registered on one server alone in development, and there too only when they change', async (t) => {
    const { discord } = await aDiscordWorld(t, { unstarted: true });
    const { guildId } = discord.place;
    const local = await aDiscordWorld(t, {
      unstarted: true,
      platform: { apiUrl: discord.api, token: discord.token, guildId },
    });
    for (const _ of [1, 2]) {
      await local.platform.start(aRunner());
      await local.platform.stop();
    }
    assert.deepEqual(
      discord.calls('PUT', /commands$/).map(({ path }) => path),
      [`/applications/${discord.place.application.id}/guilds/${guildId}/commands`],
    );
  });

  it('fit into Discord, however many and however long', () => {
    const long = { summary: 'word '.repeat(60), examples: [], permission: 'member', options: {} };
    const options = Object.fromEntries(
      Array.from({ length: 8 }, (_, n) => [`option${n}`, { type: 'string', description: 'x'.repeat(300) }]),
    );
    const many = new Map(Array.from({ length: 40 }, (_, n) => [`command-${n}`, { ...long, options }]));
    const commands = toApplicationCommands(many as never);
    assert.deepEqual(validateCommands(commands as never), []);
    assert.equal(commands[0]?.options?.length, 25);
  });

  it('of Bellhop itself are all there, those that are rather clicked than typed in a group', async (t) => {
    const commands = await discover<Command>(new URL('../../src/commands', import.meta.url).pathname);
    const { discord } = await aDiscordWorld(t, { run: Object.assign(aRunner(), { commands }) });
    const options = discord.commands()[0]?.options ?? [];
    const [top, group] = [options.slice(0, -1), options.at(-1)?.options ?? []].map((some) =>
      some.map(({ name }) => name),
    );
    const clicked = [...commands].filter(([, command]) => command.clicked).map(([name]) => name);
    const typed = [...commands.keys()].filter((name) => !clicked.includes(name));
    assert.deepEqual(top, ['confirm', ...typed].slice(0, 24));
    assert.deepEqual(group, [...['confirm', ...typed].slice(24), ...clicked]);
  });

  it('are for those who may manage webhooks, and roles follow from permissions', async (t) => {
    const run = aRunner();
    const { discord } = await aDiscordWorld(t, { run });
    const { owner, admin, member, outsider } = discord.people;
    await assert.rejects(discord.type('/webhook secret', {}, { user: outsider }), /does not show/);
    for (const user of [owner, admin, member, outsider])
      await discord.answer(await discord.type('/webhook secret', {}, { user, force: true }));
    assert.deepEqual(
      run.ran.map(({ caller }) => caller.role),
      ['admin', 'admin', 'member', 'outsider'],
    );
  });

  it('say what was wrong in a form, and offer to mend it', async (t) => {
    const run = aRunner(({ options }) =>
      options.provider === 'stripe' ? reply('No.', { data: { code: 'bad' } }) : reply('Form.', { form: NEW }),
    );
    const { discord } = await aDiscordWorld(t, { run });
    const refused = await discord.answer(
      await discord.submit(await discord.type('/webhook new'), { Provider: 'stripe', Note: 'kept' }),
    );
    const again = await discord.click(refused, 'Fill in…');
    assert.match(JSON.stringify(again.modal), /kept/);
  });

  it('answer in a direct message when fifteen minutes are over, and say nothing in the channel', async (t) => {
    const slow = Promise.withResolvers<void>();
    const run = aRunner(async () => {
      await slow.promise;
      return reply('a secret');
    });
    const { discord } = await aDiscordWorld(t, { run });
    const { member } = discord.people;
    await discord.type('/webhook mute', { endpoint: 'of-mine', for: '2h' }, { user: member });
    discord.clock.advance(15 * 60_000 + 1);
    slow.resolve();
    await until(() => discord.directMessages(member).length === 1);
    const [told] = discord.directMessages(member);
    assert.match(String(told?.embeds[0]?.description), /a secret/);
    assert.doesNotMatch(JSON.stringify(told), /of-mine/);
    assert.deepEqual(discord.messages('ops'), []);
  });

  it('do not run when Discord has already told the person that they failed', async (t) => {
    const run = aRunner();
    const { discord, lines } = await aDiscordWorld(t, { run });
    const exchange = discord.inject(2, { name: 'webhook', type: 1, options: [{ type: 1, name: 'secret' }] });
    discord.clock.advance(3_001);
    await until(() => lines.some(({ level }) => level === 'warn'));
    assert.deepEqual([exchange.acknowledged, run.ran.length], [undefined, 0]);
  });

  it('say that they ran, when Discord rejects the format of the answer', async (t) => {
    const { discord } = await aDiscordWorld(t);
    for (const [method, path] of [
      ['PATCH', /original/],
      ['POST', /webhooks/],
    ] as const)
      discord.fail({ method, path, status: 400, body: { message: 'Invalid Form Body', code: 50035 } });
    const hidden = await discord.answer(await discord.type('/webhook secret'));
    const shown = await discord.answer(await discord.type('/webhook mute', { endpoint: 'api' }));
    for (const { embeds, flags } of [hidden, shown])
      assert.deepEqual([/command ran/.test(String(embeds[0]?.description)), flags], [true, 64]);
  });

  it('behind long buttons are still known after a restart', async (t) => {
    const { discord, platform, post } = await aDiscordWorld(t);
    const source = `acme/${'very-long-name-'.repeat(9)}`;
    await post(anEventMessage({ actions: [{ label: 'Mute', command: 'mute', options: { endpoint: 'api', source } }] }));
    await platform.stop();
    const run = aRunner();
    await restarted(t, discord, run);
    const [message] = discord.messages('ops');
    assert.ok(message);
    await discord.answer(await discord.click(message, 'Mute'));
    assert.deepEqual(run.ran[0]?.options, { endpoint: 'api', source });
  });

  it('can be mended in their form after a restart', async (t) => {
    const run = aRunner(({ options }) =>
      options.provider ? reply('No.', { data: { code: 'bad' } }) : reply('Form.', { form: NEW }),
    );
    const { discord, platform } = await aDiscordWorld(t, { run });
    const note = 'Deploys, and what the night left. '.repeat(3);
    const filled = await discord.submit(await discord.type('/webhook new'), { Provider: 'stripe', Note: note });
    const refused = await discord.answer(filled);
    await platform.stop();
    await restarted(t, discord, aRunner());
    const again = await discord.click(refused, 'Fill in…');
    assert.match(JSON.stringify(again.modal), /what the night left/);
  });

  it('survive buttons that nobody could have clicked', async (t) => {
    const { discord, post } = await aDiscordWorld(t);
    await post();
    const [source] = discord.messages('ops');
    assert.ok(source);
    const strange = ['', '|', '~gone', 'form:~gone', '^', '^gone', 'form:^一', 'mute|x', '\\', '?'.repeat(100)];
    for (const custom_id of strange) discord.inject(3, { custom_id, component_type: 2 }, { source });
    await until(() => discord.calls('POST', /callback$/).length === strange.length);
    assert.deepEqual(
      discord.calls('POST', /callback$/).filter(({ status }) => status !== 204),
      [],
    );
  });
});

describe('Discord messages', () => {
  it('are posted once, though the answer was lost', async (t) => {
    const { discord, post } = await aDiscordWorld(t);
    discord.fail({ method: 'POST', path: /messages$/, reset: 'after' });
    await assert.rejects(post(anEventMessage(), 'ops', 'n1'), { code: 'discord_unreachable', retryAfter: 1_000 });
    const { id } = await post(anEventMessage(), 'ops', 'n1');
    assert.deepEqual(
      discord.messages('ops').map((message) => message.id),
      [id],
    );
  });

  it('are found again long after, by what was posted with them', async (t) => {
    const { discord, platform, post } = await aDiscordWorld(t);
    const since = new Date(discord.clock.now() - 1_000);
    const ref = await post(anEventMessage(), 'ops', 'the-one');
    await post(anEventMessage(), 'ops', 'another');
    assert.deepEqual(await platform.find(ref.channel, { nonce: 'the-one', since }), ref);
    assert.equal(await platform.find(ref.channel, { nonce: 'never', since }), undefined);
  });

  it('are edited, and say so when they are gone', async (t) => {
    const { discord, platform, post } = await aDiscordWorld(t);
    const ref = await post();
    await platform.edit(ref, anEventMessage({ body: 'Four commits.' }));
    assert.equal(discord.messages('ops')[0]?.embeds[0]?.description, 'Four commits.');
    await assert.rejects(platform.edit({ ...ref, id: '123456789012345678' }, anEventMessage()), {
      code: 'discord_message_gone',
    });
  });

  it('with empty names, 40 fields and 20,000 characters fit into Discord', async (t) => {
    const { discord, post } = await aDiscordWorld(t, { limits: ROOMY });
    const fields = Array.from({ length: 40 }, (_, n) => ({ name: n % 2 ? '' : 'name', value: 'value '.repeat(400) }));
    const actions = Array.from({ length: 60 }, (_, n) => ({
      label: `Do ${n}`,
      command: 'mute',
      options: { endpoint: 'x'.repeat(n * 5) },
    }));
    await post(anEventMessage({ title: { text: 'x'.repeat(5_000) }, body: 'word '.repeat(4_000), fields, actions }));
    await post(toMessage({}));
    assert.deepEqual(
      discord.calls('POST', /messages$/).map(({ status }) => status),
      [200, 200],
    );
  });

  it('are taken by Discord, whatever is in them', async (t) => {
    const { discord, post } = await aDiscordWorld(t, { limits: ROOMY });
    const text = fc.string({ unit: 'grapheme', maxLength: 400 });
    const action = fc.record({
      label: text,
      command: fc.constantFrom('mute', 'why'),
      options: fc.dictionary(fc.constantFrom('endpoint', 'event'), text),
    });
    const message = fc.record({
      title: fc.record({ text }),
      body: text,
      footer: text,
      fields: fc.array(fc.record({ name: text, value: text }), { maxLength: 30 }),
      actions: fc.array(action, { maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(message, async (parts) => void (await post(toMessage(parts)))),
      { numRuns: runs(40) },
    );
    assert.deepEqual(
      discord.calls('POST', /messages$/).filter(({ status }) => status !== 200),
      [],
    );
  });

  it('ping nobody, whatever is in them', async (t) => {
    const { discord, post } = await aDiscordWorld(t);
    const evil = '@everyone <@&123456789012345678> <@123456789012345678>';
    await post(
      anEventMessage({ title: { text: evil }, body: evil, footer: evil, fields: [{ name: evil, value: evil }] }),
    );
    assert.deepEqual(discord.calls('POST', /messages$/)[0]?.body.allowed_mentions, { parse: [] });
  });

  it('wait as long as Discord says', async (t) => {
    const { discord, post } = await aDiscordWorld(t);
    for (const scope of ['user', 'shared', 'global'] as const) {
      discord.limit(scope, 7, { path: /messages$/ });
      await assert.rejects(
        post(),
        ({ status, retryAfter }: AppError) =>
          status === 429 && Number(retryAfter) >= 7_000 && Number(retryAfter) < 7_100,
      );
    }
  });

  it('are tried once when Discord is down, because the lane decides what is next', async (t) => {
    const { discord, post } = await aDiscordWorld(t);
    discord.fail({ method: 'POST', path: /messages$/, status: 503 });
    await assert.rejects(post(), { code: 'discord_down', retryAfter: 1_000 });
    assert.equal(discord.calls('POST', /messages$/).length, 1);
  });

  it('never reach a log with their text, nor do tokens', async (t) => {
    const { discord, post, lines } = await aDiscordWorld(t, { run: aRunner(() => reply('very private')) });
    discord.fail({ method: 'POST', path: /messages$/, status: 403, body: { message: 'no', code: 200000 } });
    const refused = await post(anEventMessage({ body: 'very private' })).catch((error: unknown) => error);
    for (const path of [/original/, /webhooks/, /users\/@me\/channels/])
      discord.fail({ path, status: 403, body: { message: 'no', code: 200000 } });
    const { token } = await discord.type('/webhook secret');
    await until(() => lines.some(({ level }) => level === 'warn'));
    const written = inspect([refused, lines], { depth: 9, showHidden: true });
    for (const secret of ['very private', token, discord.token]) assert.ok(!written.includes(secret), secret);
  });

  it('are posted plainly when Discord rejects their format', async (t) => {
    const { discord, post } = await aDiscordWorld(t);
    discord.fail({
      method: 'POST',
      path: /messages$/,
      status: 400,
      body: { message: 'Invalid Form Body', code: 50035 },
    });
    await post();
    assert.match(String(discord.messages('ops')[0]?.content), /octocat pushed to main/);
  });

  it('give a deleted channel up at the first refusal', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    const { id } = discord.removeChannel('ops');
    await assert.rejects(
      platform.post(id, anEventMessage(), { nonce: 'n' }),
      ({ code, retryAfter }: AppError) => code === 'discord_channel_gone' && retryAfter === undefined,
    );
    assert.equal(discord.calls().filter(({ path }) => path.includes(id)).length, 1);
  });

  it('name every permission that is missing, and how to give it', async (t) => {
    const { discord, platform, post } = await aDiscordWorld(t);
    discord.deny('ops', ['sendMessages', 'embedLinks']);
    await assert.rejects(post(), {
      code: 'discord_permission',
      message: /`Send Messages`, `Embed Links` in `#.*Permissions/,
    });
    await assert.rejects(platform.channel('#ops'), {
      code: 'discord_permission',
      message: /`Send Messages`, `Embed Links` in `#ops`/,
    });
  });

  it('need no right to begin threads where none is begun', async (t) => {
    const { discord, platform, post } = await aDiscordWorld(t);
    discord.deny('ops', ['createPublicThreads']);
    await platform.channel('#ops');
    const root = await post();
    const inThread = platform.post(root.channel, anEventMessage(), { nonce: 'b', thread: root.id });
    await assert.rejects(inThread, { code: 'discord_permission', message: /lacks `Create Public Threads`/ });
  });

  it('begin a thread in a forum, and answer in threads', async (t) => {
    const { discord, platform, post } = await aDiscordWorld(t);
    const forum = discord.addChannel('incidents', { kind: 'forum' });
    const begun = await platform.post(forum.id, anEventMessage(), { nonce: 'a' });
    assert.equal(discord.place.named(begun.channel).name, 'octocat pushed to main');
    const root = await post();
    for (const nonce of ['b', 'c']) await platform.post(root.channel, anEventMessage(), { nonce, thread: root.id });
    assert.equal(discord.messages(root.id).length, 2);
  });

  it('are found again in forums', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    const forum = discord.addChannel('incidents', { kind: 'forum' });
    for (const nonce of ['a', 'b'])
      await platform.post(forum.id, anEventMessage({ title: { text: nonce } }), { nonce });
    const found = await platform.find(forum.id, { nonce: 'b', since: new Date(discord.clock.now()) });
    assert.equal(discord.place.named(found?.channel ?? '').name, 'b');
    assert.equal(await platform.find(forum.id, { nonce: 'c', since: new Date(discord.clock.now()) }), undefined);
  });
});

describe('Discord channels', () => {
  it('are found by name, mention and id', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    const { id } = discord.place.named('ops');
    for (const text of ['#ops', 'OPS', `<#${id}>`, id])
      assert.deepEqual(await platform.channel(text), { id, name: 'ops' });
  });

  it('are found though Discord asks to wait a moment', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    discord.limit('shared', 0.05, { method: 'GET', path: /guilds/, times: 2 });
    assert.equal((await platform.channel('#ops')).name, 'ops');
  });

  it('are found as soon as they are made', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    await platform.channel('ops');
    const { id } = discord.addChannel('fresh');
    assert.equal((await platform.channel('#fresh')).id, id);
  });

  it('are refused when they do not exist, are two, or take no messages', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    discord.addChannel('twin');
    discord.addChannel('twin');
    const category = discord.addChannel('group', { kind: 'category' });
    await assert.rejects(platform.channel('#nowhere'), { code: 'not_found' });
    await assert.rejects(platform.channel('#twin'), { code: 'discord_channel_ambiguous' });
    await assert.rejects(platform.channel(category.id), { code: 'discord_channel_kind' });
  });
});

describe('Discord over HTTP', () => {
  it('passes the test that Discord makes of an endpoint', async (t) => {
    const { discord, endpoint } = await aDiscordWorld(t, { overHttp: true });
    assert.ok(await discord.outgoing.accepts(endpoint));
  });

  it('answers 400 to what is signed but no interaction', async (t) => {
    const { discord, endpoint } = await aDiscordWorld(t, { overHttp: true });
    for (const body of ['', '{', 'null', '[]', '7', '{"id":"1"}', '\u0000'])
      assert.equal((await discord.outgoing.post(endpoint, body)).status, 400);
  });

  it('survives interactions of strange shapes', async (t) => {
    const { discord, endpoint } = await aDiscordWorld(t, { overHttp: true });
    const shape = fc.record(
      { id: fc.uuid(), token: fc.constant('t'), type: fc.nat(7), data: fc.anything(), member: fc.anything() },
      { requiredKeys: ['id', 'token', 'type'] },
    );
    const status = async (body: unknown) => (await discord.outgoing.post(endpoint, JSON.stringify(body))).status;
    await fc.assert(
      fc.asyncProperty(shape, async (body) => assert.ok([200, 202].includes(await status(body)))),
      { numRuns: runs(40) },
    );
    await discord.answer(await discord.type('/webhook secret'));
  });

  it('opens no gateway', async (t) => {
    const { discord, platform } = await aDiscordWorld(t, { overHttp: true });
    assert.deepEqual([discord.gateway.connections(), platform.health().ready], [0, true]);
  });

  it('refuses what Discord did not sign: another time, another byte, nothing, nonsense', async (t) => {
    const { discord, endpoint } = await aDiscordWorld(t, { overHttp: true });
    const body = JSON.stringify({ id: '1', type: 1, token: 't' });
    const good = discord.outgoing.signed(body);
    const { 'x-signature-ed25519': signature = '', ...rest } = good;
    const bad = [
      { ...good, 'x-signature-timestamp': '1' },
      rest,
      { ...good, 'x-signature-ed25519': 'zz' },
      { ...good, 'x-signature-ed25519': signature.slice(2) },
    ];
    for (const headers of bad) assert.equal((await discord.outgoing.post(endpoint, body, headers)).status, 401);
    assert.equal((await discord.outgoing.post(endpoint, `${body} `, good)).status, 401);
    assert.equal((await discord.outgoing.post(endpoint, body, good)).status, 200);
  });

  it('runs a command once, though it is delivered twice', async (t) => {
    const run = aRunner();
    const { discord, endpoint } = await aDiscordWorld(t, { run, overHttp: true });
    const exchange = await discord.type('/webhook secret');
    await discord.answer(exchange);
    const body = JSON.stringify({
      id: exchange.id,
      token: exchange.token,
      type: 2,
      data: { options: [{ name: 'secret', type: 1 }] },
    });
    assert.equal((await discord.outgoing.post(endpoint, body)).status, 202);
    await discord.answer(await discord.type('/webhook secret'));
    assert.deepEqual([run.ran.length, discord.calls('POST', new RegExp(exchange.token)).length], [2, 1]);
  });
});

describe('Bellhop on Discord', () => {
  it('asks for what is missing, or answers, whichever command is typed alone', async (t) => {
    const { run } = await aCommandWorld();
    const { discord } = await aDiscordWorld(t, { run, limits: ROOMY });
    for (const name of run.commands.keys()) {
      const exchange = await discord.type(`/webhook ${name}`);
      assert.ok(exchange.modal ?? (await discord.answer(exchange)), name);
    }
  });

  it('completes every option that completes', async (t) => {
    const { run } = await aCommandWorld();
    const { discord } = await aDiscordWorld(t, { run, limits: ROOMY });
    await discord.answer(
      await discord.type('/webhook new', { provider: 'github', as: 'api', 'in-elsewhere': 'local:#ops' }),
    );
    for (const { name, options = [] } of discord.commands()[0]?.options ?? [])
      for (const { name: option } of options.filter(({ autocomplete }) => autocomplete))
        await discord.complete(`/webhook ${name}`, option, '');
    const found = await discord.complete('/webhook mute', 'endpoint', 'a');
    assert.deepEqual(found, [{ name: 'api (GitHub)', value: 'api' }]);
  });

  it('lets those do what an admin may whose role the settings name, for as long as they have it', async (t) => {
    const { run, settings, anEndpoint } = await aCommandWorld();
    const { discord } = await aDiscordWorld(t, { run, limits: ROOMY });
    await anEndpoint();
    const roles = discord.place.rolesOf(discord.people.member.id).add('123456789012345678');
    const rename = async (as: string) => {
      const { name } = settings.current.endpoints[0] ?? { name: '' };
      return discord.answer(await discord.type('/webhook rename', { endpoint: name, to: as }));
    };
    const isRefused = ({ embeds }: { readonly embeds: unknown }) => /There is no endpoint/.test(JSON.stringify(embeds));
    assert.ok(isRefused(await rename('a')));
    for (const other of ['discord:&923456789012345678', 'discord:123456789012345678', 'slack:&123456789012345678']) {
      await settings.update((now) => ({ ...now, admins: [other] }));
      assert.ok(isRefused(await rename('a')), other);
    }
    await settings.update((now) => ({ ...now, admins: ['discord:&123456789012345678'] }));
    assert.ok(!isRefused(await rename('b')));
    assert.equal(settings.current.endpoints[0]?.name, 'b');
    roles.clear();
    assert.ok(isRefused(await rename('c')));
  });

  it('lets a role own an endpoint, and asks at every click whether somebody still has it', async (t) => {
    const { run, settings, anEndpoint } = await aCommandWorld();
    const { discord } = await aDiscordWorld(t, { run, limits: ROOMY });
    await anEndpoint();
    const roles = discord.place.rolesOf(discord.people.member.id).add('123456789012345678');
    await settings.update((now) => ({
      ...now,
      endpoints: now.endpoints.map((endpoint) => ({ ...endpoint, owners: ['discord:&123456789012345678'] })),
    }));
    const question = await discord.answer(await discord.type('/webhook delete', { endpoint: 'api' }));
    const click = async () => discord.answer(await discord.click(question, 'Delete api'));
    roles.clear();
    assert.match(JSON.stringify(await click()), /There is no endpoint/);
    roles.add('123456789012345678');
    assert.match(JSON.stringify(await click()), /is deleted/);
    assert.deepEqual(settings.current.endpoints, []);
  });

  it('makes an endpoint, mutes it and lists the mute, all from chat', async (t) => {
    const { run } = await aCommandWorld();
    const { discord } = await aDiscordWorld(t, { run, limits: ROOMY });
    const made = await discord.answer(
      await discord.type('/webhook new', { provider: 'github', as: 'api', 'in-elsewhere': 'local:#ops' }),
    );
    const muted = await discord.answer(
      await discord.type('/webhook mute', { endpoint: 'api', source: 'acme/api', for: '2h' }),
    );
    const mutes = await discord.answer(await discord.type('/webhook mutes'));
    assert.match(JSON.stringify(made.embeds), /hooks\.example\/in\//);
    assert.match(JSON.stringify(muted.embeds), /acme/);
    assert.match(JSON.stringify(mutes.embeds), /acme/);
  });
});

it('names what Bellhop lacks on each server', async (t) => {
  const { discord, platform } = await aDiscordWorld(t);
  assert.deepEqual(await platform.servers(), [{ id: discord.place.guildId, name: 'Acme', missing: [] }]);
  discord.place.botRole.permissions = bits(['viewChannel', 'sendMessages']);
  const [server] = await platform.servers();
  assert.deepEqual(server?.missing, [
    'Embed Links',
    'Read Message History',
    'Create Public Threads',
    'Send Messages in Threads',
  ]);
});

it('warns when interactions do not arrive where Bellhop listens', async (t) => {
  const { discord, platform, lines } = await aDiscordWorld(t, { unstarted: true });
  discord.useHttp('http://127.0.0.1:9/elsewhere');
  await platform.start(aRunner());
  assert.ok(lines.some(({ level, message }) => level === 'warn' && message.includes('DISCORD_PUBLIC_KEY')));
});

it('invites Bellhop to a server with exactly the permissions it needs', () => {
  const url = new URL(toInviteLink('123'));
  const needed = bits([
    'viewChannel',
    'sendMessages',
    'embedLinks',
    'readMessageHistory',
    'createPublicThreads',
    'sendMessagesInThreads',
  ]);
  assert.deepEqual(
    [url.host, url.searchParams.get('scope'), url.searchParams.get('permissions')],
    ['discord.com', 'bot applications.commands', String(needed)],
  );
});

const ROOMY = { messages: { limit: 1_000, milliseconds: 1_000 }, globalPerSecond: 10_000 };
const NEW = { command: 'new', title: '/webhook new', ask: ['provider', 'note'], options: {}, submit: 'Go' };

/** Another Bellhop in the place of one that stopped. */
async function restarted(t: TestContext, discord: Discord, run: ReturnType<typeof aRunner>): Promise<void> {
  const { api, token } = discord;
  const settings = settingsFor(discord);
  const { platform } = await aDiscordWorld(t, { unstarted: true, platform: { apiUrl: api, token, settings } });
  await platform.start(run);
}
