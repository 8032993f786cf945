import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { createServerCodes } from '../../src/platforms/discord/servers/server-codes.ts';
import { eventually, wordsOf } from '../chats/chat.ts';
import { connected, discordEnvironment } from '../chats/places.ts';
import { hastily } from '../doubles/clocks/hasty-clock.ts';
import { type Discord, startDiscord } from '../doubles/discord/double.ts';
import { bits } from '../doubles/discord/permissions.ts';
import type { Place, User } from '../doubles/discord/place.ts';
import { aDiscordWorld, anEventMessage, aRunner, type settingsFor, until } from '../doubles/discord/world.ts';
import { createMemorySettings } from '../stores/memory-settings.ts';
import { aPush, aWorld } from '../world.ts';

const REFUSED = /does not serve this server/;

describe('a Discord server that a stranger added Bellhop to', { timeout: 120_000 }, () => {
  for (const overHttp of [false, true])
    it(`gets one plain refusal, whatever is typed, clicked or filled in, over ${overHttp ? 'HTTP' : 'the gateway'}`, async (t) => {
      const run = aRunner();
      const { discord } = await aDiscordWorld(t, { run, overHttp });
      const lair = discord.addGuild('Lair');
      const where = { on: lair, user: lair.people.owner };
      const source = await aMessageOn(discord, lair);
      const exchanges = [
        await discord.type('/webhook secret', {}, where),
        await discord.type('/webhook new', { provider: 'github' }, where),
        await discord.click(source, 'Mute for 1 h', where),
        await discord.apps('Why did I see this?', source, where),
        discord.inject(5, { custom_id: 'mute|endpoint=api', components: [] }, where),
      ];
      for (const exchange of exchanges) {
        const { embeds, flags } = await discord.answer(exchange);
        assert.match(wordsOf(embeds), REFUSED);
        assert.equal(flags & 64, 64);
      }
      assert.deepEqual(await discord.complete('/webhook mute', 'endpoint', '', where), []);
      assert.deepEqual(run.ran, []);
    });

  it('makes nobody an admin, though they own it', async (t) => {
    const { discord, world } = await aTeam(t);
    const lair = discord.addGuild('Lair');
    const where = { on: lair, user: lair.people.owner };
    const endpoint = await world.endpoint('github', 'in discord:#ops as team');
    for (const [command, options] of [
      ['list', {}],
      ['show', { endpoint: 'team', url: true }],
      ['rotate', { endpoint: 'team', grace: '0s' }],
      ['delete', { endpoint: 'team', confirm: true }],
      ['history', {}],
    ] as const) {
      const answer = wordsOf(await discord.answer(await discord.type(`/webhook ${command}`, options, where)));
      assert.match(answer, /answers nobody here/);
      assert.ok(!answer.includes(endpoint.url) && !answer.includes('team'));
    }
    assert.equal((await world.deliver(endpoint, aPush())).status, 202);
  });

  it('is logged once, with the code that would have it served, though it asks often', async (t) => {
    const { discord, lines } = await aDiscordWorld(t);
    const lair = discord.addGuild('Lair');
    for (const _ of [1, 2, 3]) await discord.answer(await discord.type('/webhook secret', {}, { on: lair }));
    const notes = lines.filter(({ message }) => message.includes(lair.guildId));
    assert.equal(notes.length, 1);
    assert.match(notes[0]?.message ?? '', /`\/webhook confirm code:[0-9A-Z]{4}-[0-9A-Z]{4}`/);
  });

  it('is logged at the start too, when it has asked nothing yet', async (t) => {
    const { discord, platform, lines } = await aDiscordWorld(t, { unstarted: true });
    const lair = discord.addGuild('Lair\n(1234) owned by you');
    await platform.start(aRunner());
    const notes = lines.filter(({ message }) => message.includes(lair.guildId));
    assert.equal(notes.length, 1);
    assert.match(notes[0]?.message ?? '', /server Lair \(1234\) owned by you \(\d+\)/);
  });

  it('has no channel that Bellhop finds, posts to or edits in', async (t) => {
    const { discord, platform, post } = await aDiscordWorld(t);
    const lair = discord.addGuild('Lair');
    const { id } = lair.addChannel('den');
    await assert.rejects(platform.channel('#den'), { code: 'not_found' });
    await assert.rejects(platform.channel(id), { code: 'discord_server_unserved', status: 403 });
    const before = discord.calls('POST', /messages/).length;
    await assert.rejects(platform.post(id, anEventMessage(), { nonce: 'n' }), { code: 'discord_server_unserved' });
    await assert.rejects(platform.edit({ channel: id, id: '1' }, anEventMessage()), {
      code: 'discord_server_unserved',
    });
    assert.equal(discord.calls('POST', /messages/).length, before);
    // The same name on a server that is served is not taken for it.
    lair.addChannel('deploys');
    assert.equal((await platform.channel('#deploys')).id, discord.place.named('deploys').id);
    await post();
  });
});

describe('a code for a Discord server', { timeout: 120_000 }, () => {
  it('has the server served when somebody types it there, and is good for nothing else', async (t) => {
    const run = aRunner();
    const { discord, settings, lines } = await aDiscordWorld(t, { run });
    const [den, lair] = [discord.addGuild('Den'), discord.addGuild('Lair')];
    const code = await codeOf(discord, den, lines);
    assert.match(await confirm(discord, lair, code), /not the code/);
    assert.match(await confirm(discord, den, 'K7QF-2M9X'), /not the code/);
    assert.match(await confirm(discord, den, code.toLowerCase().replace('-', ' ')), /serves this server from now on/);
    assert.deepEqual(settings.current.servers, [`discord:${discord.place.guildId}`, `discord:${den.guildId}`]);
    await discord.answer(await discord.type('/webhook secret', {}, { on: den }));
    assert.deepEqual([run.ran.length, run.ran[0]?.caller.role], [1, 'member']);
    assert.match(await confirm(discord, den, code), /serves this server already/);
    // Taken out again, the server needs another code.
    await settings.update((now) => ({ ...now, servers: [] }));
    assert.match(await confirm(discord, den, code), /not the code/);
  });

  it('cannot be guessed: after five wrong ones even the right one has to wait', async (t) => {
    const { discord, lines } = await aDiscordWorld(t);
    const den = discord.addGuild('Den');
    const code = await codeOf(discord, den, lines);
    for (let tries = 0; tries < 5; tries++)
      assert.match(await confirm(discord, den, `AAAA-AAA${tries}`), /not the code/);
    assert.match(await confirm(discord, den, code), /Too many wrong codes/);
    discord.clock.advance(10 * 60_000);
    assert.match(await confirm(discord, den, code), /from now on/);
  });

  it('is too old after a day or two', async (t) => {
    const { discord, lines } = await aDiscordWorld(t);
    const den = discord.addGuild('Den');
    const code = await codeOf(discord, den, lines);
    discord.clock.advance(2 * 86_400_000);
    assert.match(await confirm(discord, den, code), /too old/);
    assert.match(await confirm(discord, den, await codeOf(discord, den, lines)), /from now on/);
  });

  it('is another for each server, each day and each installation', () => {
    const [noon, codes] = [new Date('2026-03-01T12:00:00Z'), createServerCodes(Buffer.alloc(32, 1))];
    const others = [
      codes.at('124', noon),
      codes.at('123', new Date(noon.getTime() + 86_400_000)),
      createServerCodes(Buffer.alloc(32, 2)).at('123', noon),
    ];
    assert.ok(!others.includes(codes.at('123', noon)));
  });

  it('does not exist where the configuration names the servers, which alone are served', async (t) => {
    const run = aRunner();
    const discord = await startDiscord();
    const settings = createMemorySettings({ servers: ['discord:1'] });
    const parts = { apiUrl: discord.api, token: discord.token, settings, serverIds: [discord.place.guildId] };
    const { lines } = await aDiscordWorld(t, { run, platform: parts });
    t.after(discord.stop);
    const lair = discord.addGuild('Lair');
    assert.equal(
      discord.commands()[0]?.options?.some(({ name }) => name === 'confirm'),
      false,
    );
    const refused = wordsOf(await discord.answer(await discord.type('/webhook secret', {}, { on: lair })));
    assert.match(refused, new RegExp(`adds \`${lair.guildId}\` to \`DISCORD_GUILD_IDS\``));
    assert.ok(lines.every(({ message }) => !message.includes('confirm code')));
    await discord.answer(await discord.type('/webhook secret'));
    assert.equal(run.ran.length, 1);
  });
});

describe('direct messages on Discord', { timeout: 120_000 }, () => {
  it('are answered for people of a server that is served, with the rights that they have there', async (t) => {
    const run = aRunner();
    const { discord } = await aDiscordWorld(t, { run });
    const { owner, admin, member, outsider } = discord.people;
    for (const user of [owner, admin, member, outsider]) await discord.answer(clickDirectly(discord, user));
    assert.deepEqual(
      run.ran.map(({ caller }) => caller.role),
      ['admin', 'admin', 'member', 'outsider'],
    );
  });

  it('are refused to everybody else', async (t) => {
    const run = aRunner();
    const { discord } = await aDiscordWorld(t, { run });
    const lair = discord.addGuild('Lair');
    const { embeds } = await discord.answer(clickDirectly(discord, lair.people.owner));
    assert.match(wordsOf(embeds), /only from people who are on a server that it serves/);
    assert.deepEqual(run.ran, []);
  });

  it('are refused while Discord does not say who somebody is', async (t) => {
    const run = aRunner();
    const { discord } = await aDiscordWorld(t, { run });
    discord.fail({ method: 'GET', path: /members/, status: 503 });
    const { embeds } = await discord.answer(clickDirectly(discord, discord.people.owner));
    assert.match(wordsOf(embeds), /cannot look up at the moment/);
    assert.deepEqual(run.ran, []);
    await discord.answer(clickDirectly(discord, discord.people.owner));
    assert.equal(run.ran.length, 1);
  });

  it('take away what a role gave as soon as it is gone', async (t) => {
    const run = aRunner();
    const { discord } = await aDiscordWorld(t, { run });
    const { admin } = discord.people;
    await discord.answer(clickDirectly(discord, admin));
    Object.assign(discord.place.users.get(admin.id) ?? {}, { permissions: bits([]) });
    discord.clock.advance(31_000);
    await discord.answer(clickDirectly(discord, admin));
    assert.deepEqual(
      run.ran.map(({ caller }) => caller.role),
      ['admin', 'outsider'],
    );
  });
});

describe('an installation older than the list of servers', { timeout: 120_000 }, () => {
  it('goes on to serve those its routes lead to, learned once and logged', async (t) => {
    const discord = await startDiscord();
    const folder = await aFolder(t);
    const environment = { ...discordEnvironment(discord), DISCORD_GUILD_IDS: '' };
    {
      await using before = await aWorld({ folder, environment: discordEnvironment(discord) });
      await connected(before, 'discord');
      await before.endpoint('github', 'in discord:#ops as api');
    }
    const file = join(folder, 'settings.json');
    const { servers: _, ...older } = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify(older));
    const logged: string[] = [];
    const lair = discord.addGuild('Lair');
    await using world = await aWorld({ folder, environment, log: (line) => logged.push(line) });
    t.after(discord.stop);
    await connected(world, 'discord');
    assert.match(wordsOf(await discord.answer(await discord.type('/webhook list'))), /1 endpoint/);
    assert.match(wordsOf(await discord.answer(await discord.type('/webhook list', {}, { on: lair }))), REFUSED);
    assert.deepEqual(JSON.parse(await readFile(file, 'utf8')).servers, [`discord:${discord.place.guildId}`]);
    assert.ok(logged.some((line) => line.includes('because endpoints lead to their channels')));
  });

  it('waits with its posts until it has learned them, and then posts them', async (t) => {
    const { discord, platform } = await aDiscordWorld(t, { unstarted: true });
    const { id } = discord.place.named('ops');
    const old = olderThanTheList(id);
    const again = await aDiscordWorld(t, {
      unstarted: true,
      platform: { apiUrl: discord.api, token: discord.token, settings: old },
    });
    const post = () => again.platform.post(id, anEventMessage(), { nonce: 'n' });
    await assert.rejects(post(), { code: 'discord_not_ready', status: 503, retryAfter: 1_000 });
    await again.platform.start(aRunner());
    await post();
    assert.deepEqual(old.current.servers, [`discord:${discord.place.guildId}`]);
    await platform.stop();
  });

  it('does not connect before Discord has said which they are', async (t) => {
    const { discord } = await aDiscordWorld(t, { unstarted: true });
    const old = olderThanTheList(discord.place.named('ops').id, '123456789012345678');
    const { platform } = await aDiscordWorld(t, {
      unstarted: true,
      platform: { apiUrl: discord.api, token: discord.token, settings: old },
    });
    discord.fail({ method: 'GET', path: /channels/, status: 503 });
    await assert.rejects(platform.start(aRunner()), { retryAfter: 1_000 });
    assert.equal(old.current.servers, undefined);
    await platform.start(aRunner());
    assert.deepEqual(old.current.servers, [`discord:${discord.place.guildId}`]);
  });
});

describe('an installation that serves no Discord server yet', { timeout: 120_000 }, () => {
  it('takes endpoints for any channel, and posts once the server is confirmed', async (t) => {
    const discord = await startDiscord();
    const logged: string[] = [];
    const environment = { ...discordEnvironment(discord), DISCORD_GUILD_IDS: '' };
    await using world = await aWorld({ environment, clock: hastily, log: (line) => logged.push(line) });
    t.after(discord.stop);
    await connected(world, 'discord');
    const endpoint = await world.endpoint('github', 'in discord:#ops as api');
    await world.deliver(endpoint, aPush());
    const waits = async () => /once an administrator has confirmed/.test((await world.type('/webhook why api')).text);
    await eventually(waits, 'the post waits and says for what');
    const code = /confirm code:([0-9A-Z-]+)/.exec(logged.join('\n'))?.[1] ?? assert.fail('no code was logged');
    assert.match(await confirm(discord, discord.place, code), /from now on/);
    await eventually(() => discord.messages('ops').length === 1, 'the post is out');
  });
});

it('the server that commands are registered on for development is served', async (t) => {
  const run = aRunner();
  const discord = await startDiscord();
  const parts = { apiUrl: discord.api, token: discord.token, guildId: discord.place.guildId };
  await aDiscordWorld(t, { run, platform: { ...parts, settings: createMemorySettings() } });
  t.after(discord.stop);
  await discord.answer(await discord.type('/webhook secret'));
  assert.equal(run.ran.length, 1);
});

it('says at the start that anybody may add the bot, where the developer portal allows it', async (t) => {
  const { discord, platform, lines } = await aDiscordWorld(t, { unstarted: true });
  discord.state.isPublic = true;
  await platform.start(aRunner());
  await until(() => lines.some(({ level, message }) => level === 'warn' && message.includes('*Public Bot*')));
});

type Lines = Awaited<ReturnType<typeof aDiscordWorld>>['lines'];

/** All of Bellhop, serving the first guild. */
async function aTeam(t: TestContext) {
  const discord = await startDiscord();
  const world = await aWorld({ environment: discordEnvironment(discord) });
  t.after(async () => {
    await world[Symbol.asyncDispose]();
    await discord.stop();
  });
  await connected(world, 'discord');
  return { discord, world };
}

/** Makes a server ask, and takes its code from the log. */
async function codeOf(discord: Discord, on: Place, lines: Lines): Promise<string> {
  await discord.answer(await discord.type('/webhook secret', {}, { on }));
  const line = lines.findLast(({ message }) => message.includes(on.guildId))?.message ?? '';
  return /confirm code:([0-9A-Z-]+)/.exec(line)?.[1] ?? assert.fail(line);
}

async function confirm(discord: Discord, on: Place, code: string): Promise<string> {
  return wordsOf(await discord.answer(await discord.type('/webhook confirm', { code }, { on })));
}

/** A click on a message that Bellhop wrote to somebody alone. */
function clickDirectly(discord: Discord, user: User) {
  const channel = discord.realm.directWith(user);
  return discord.inject(3, { custom_id: 'secret', component_type: 2 }, { user, channel });
}

/** A message like Bellhop's own, on a stranger's server. */
async function aMessageOn({ api, token, messages }: Discord, { named }: Place) {
  const { id } = named('ops');
  const body = {
    content: 'x',
    allowed_mentions: { parse: [] },
    components: [
      { type: 1, components: [{ type: 2, style: 2, label: 'Mute for 1 h', custom_id: 'mute|endpoint=api|for=1h' }] },
    ],
  };
  await fetch(`${api}/v10/channels/${id}/messages`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
  });
  return messages(id)[0] ?? assert.fail('there is no message');
}

function olderThanTheList(...channels: readonly string[]) {
  const routes = channels.map((channel) => ({ id: channel, platform: 'discord', channel, channelName: 'ops' }));
  const { servers: _, ...older } = createMemorySettings({
    endpoints: [
      {
        id: 'e1',
        name: 'api',
        provider: 'github',
        token: 't',
        secrets: [],
        options: {},
        routes,
        owners: [],
        createdAt: '2026-03-01T12:00:00Z',
      },
    ],
  }).current;
  let current: ReturnType<typeof settingsFor>['current'] = older;
  return {
    get current() {
      return current;
    },
    update: async (change: (now: typeof current) => typeof current) => {
      current = change(current);
      return current;
    },
  };
}

async function aFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
