import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { readAdminToken } from '../../src/app/admin-token.ts';
import { createDiagnoses, createManifests } from '../../src/app/chats.ts';
import { loadConfig } from '../../src/app/config.ts';
import { openOffline } from '../../src/app/offline.ts';
import doctor from '../../src/cli/doctor.ts';
import manifest from '../../src/cli/manifest.ts';
import type { VerbParts } from '../../src/cli/shared/verb.ts';
import { plainLines } from '../../src/core/message/terminal-lines.ts';
import { emptySettings } from '../../src/core/settings/settings.ts';
import { eventually } from '../chats/chat.ts';
import { connected, discordEnvironment, health, slackEnvironment } from '../chats/places.ts';
import { startDiscord } from '../doubles/discord/double.ts';
import { bits } from '../doubles/discord/permissions.ts';
import { BOT_TOKEN, startSlack } from '../doubles/slack/double.ts';
import { aWorld } from '../world.ts';

describe('bellhop doctor', () => {
  it('finds nothing wrong with chats that are set up, and posts a test message', async (t) => {
    const { slack, discord, ask } = await aClinic(t);
    const lines = await ask({ post: 'slack:#ops' });
    assert.deepEqual(of(lines, /^FIX +(Slack|Discord)/), []);
    assert.match(lines.join('\n'), /Slack: the app has every scope it needs/);
    assert.match(lines.join('\n'), /Discord: it has every permission it needs on Acme/);
    assert.equal(slack.messages('ops')[0]?.text, 'Bellhop can post here.');
    assert.equal(discord.messages('ops').length, 0);
  });

  it('prints the link that adds Bellhop to a Discord server, and posts there when asked', async (t) => {
    const { discord, ask } = await aClinic(t);
    const lines = await ask({ post: 'discord:#ops' });
    assert.match(lines.join('\n'), new RegExp(`client_id=${discord.place.application.id}`));
    assert.match(JSON.stringify(discord.messages('ops')), /Bellhop can post here/);
  });

  it('names what is missing: Slack’s scopes, Discord’s permissions', async (t) => {
    const { slack, discord, ask } = await aClinic(t);
    slack.scopes.delete('users:read');
    discord.place.botRole.permissions = bits(['viewChannel', 'sendMessages', 'readMessageHistory']);
    const wrong = of(await ask({}), /^FIX +(Slack|Discord)/);
    assert.equal(wrong.length, 2);
    assert.match(wrong[0] ?? '', /`users:read`/);
    assert.match(wrong[1] ?? '', /`Embed Links`, `Create Public Threads`, `Send Messages in Threads` on Acme/);
  });

  it('says where a test message cannot go, and why', async (t) => {
    const { discord, ask } = await aClinic(t);
    discord.deny('ops', ['sendMessages']);
    assert.match((await ask({ post: 'discord:#ops' })).join('\n'), /lacks `Send Messages` in `#ops`/);
    await assert.rejects(ask({ post: 'irc:#ops' }), /`irc:#ops` is not a channel.*`slack:#ops` or `discord:#ops`/);
  });

  it('says which token is refused', async (t) => {
    const { slack, discord, ask } = await aClinic(t);
    slack.revoke(BOT_TOKEN);
    discord.revoke();
    const wrong = of(await ask({}), /^FIX +(Slack|Discord)/);
    assert.deepEqual(wrong, ['FIX   Slack: the bot token does not work', 'FIX   Discord: the token does not work']);
  });

  it('says what a Bellhop that runs knows of a token that died meanwhile', async (t) => {
    const { slack, environment, ask } = await aClinic(t);
    await using world = await aWorld({ environment });
    await connected(world, 'slack');
    slack.revoke(BOT_TOKEN);
    await slack.type('/webhook list');
    await eventually(async () => !(await health(world, 'slack')).ready, 'Bellhop notices');
    const { port } = new URL(world.publicUrl);
    const lines = await ask({}, { DATA_DIR: world.folder, PORT: port, PUBLIC_URL: world.publicUrl });
    assert.match(lines.join('\n'), /^FIX +slack: Slack refuses the bot token.*`SLACK_BOT_TOKEN`/m);
  });

  it('says when Discord sends commands elsewhere, or has another key', async (t) => {
    const { discord, ask } = await aClinic(t);
    discord.useHttp('http://127.0.0.1:9/elsewhere');
    assert.match((await ask({})).join('\n'), /commands do not arrive here\n.*DISCORD_PUBLIC_KEY/);
    const lines = await ask({}, { DISCORD_PUBLIC_KEY: '0'.repeat(64) });
    assert.match(lines.join('\n'), /is not the public key of this application/);
  });

  it('says that anybody may add the bot, where the developer portal allows it', async (t) => {
    const { discord, ask } = await aClinic(t);
    discord.state.isPublic = true;
    assert.match(
      (await ask({})).join('\n'),
      /Discord: anybody may add the bot to their own server\n.*\*Public Bot\* off/,
    );
  });

  it('shows the code that has a Discord server served, the same that a running Bellhop logs', async (t) => {
    const { discord, environment, ask } = await aClinic(t);
    const anyServer = { ...environment, DISCORD_GUILD_IDS: '' };
    const unserved = /Discord: it is on the server Acme \(\d+\), which this Bellhop does not serve\n(.*)/;
    const before = unserved.exec((await ask({}, anyServer)).join('\n'))?.[1];
    assert.match(before ?? '', /Start Bellhop, and ask again/);
    const logged: string[] = [];
    await using world = await aWorld({ environment: anyServer, log: (line) => logged.push(line) });
    await connected(world, 'discord');
    const todo = unserved.exec((await ask({}, anyServer)).join('\n'))?.[1] ?? '';
    const code = /confirm code:([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(todo)?.[1] ?? assert.fail(todo);
    assert.ok(logged.some((line) => line.includes(code)));
    await discord.answer(await discord.type('/webhook confirm', { code }));
    assert.doesNotMatch((await ask({}, anyServer)).join('\n'), unserved);
  });

  it('shows no code where the configuration names the servers', async (t) => {
    const { discord, ask } = await aClinic(t);
    const lair = discord.addGuild('Lair\u0007');
    const lines = (await ask({})).join('\n');
    assert.match(
      lines,
      new RegExp(`server Lair \\(${lair.guildId}\\), which.*\n.*add ${lair.guildId} to \`DISCORD_GUILD_IDS\``),
    );
    assert.doesNotMatch(lines, /confirm code/);
  });

  it('ends with how many things there are to fix', async (t) => {
    const { ask } = await aClinic(t);
    assert.match((await ask({})).at(-1) ?? '', /^\n2 things to fix\.$/);
    await using world = await aWorld();
    const here = { DATA_DIR: world.folder, PORT: new URL(world.publicUrl).port };
    assert.match((await ask({}, here)).at(-1) ?? '', /^\n1 thing to fix\.$/);
  });

  it('makes no key beside sealed settings, and says in one line that it is gone', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'bellhop-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    {
      await using world = await aWorld({ folder });
      for (const provider of ['github', 'generic', 'stripe']) await world.endpoint(provider, 'in #ops');
    }
    const { ask } = await aClinic(t);
    await rm(join(folder, 'key'));
    const gone = (await ask({}, { DATA_DIR: folder })).join('\n');
    assert.match(gone, /^FIX +the settings cannot be read\n.*key` is gone/m);
    assert.ok(!(await readdir(folder)).includes('key'));
    const other = await ask({}, { DATA_DIR: folder, BELLHOP_KEY: '7'.repeat(64) });
    assert.equal(
      other.filter((line) => line.includes('was sealed with') || line.includes('were sealed with')).length,
      1,
    );
  });

  it('says that a page or `null` at PUBLIC_URL is not Bellhop, without words of JavaScript', async (t) => {
    const { ask } = await aClinic(t);
    for (const body of ['<!doctype html><p>Parked', 'null', '[]']) {
      const server = createServer((_request, response) => response.end(body)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const said = (await ask({}, { PUBLIC_URL: `http://127.0.0.1:${port}/`, PORT: String(port) })).join('\n');
      server.close();
      assert.match(said, /PUBLIC_URL\) answered 200, but did not say that it is Bellhop|PUBLIC_URL is not set/);
      assert.doesNotMatch(said, /undefined|null|Unexpected|token '|Cannot read|JSON/);
    }
  });

  it('says plainly that Bellhop was never started here', async (t) => {
    const { ask } = await aClinic(t);
    const said = (await ask({}, { DATA_DIR: join(tmpdir(), 'bellhop-never') })).join('\n');
    assert.match(said, /FIX +the data folder.*\n +Start Bellhop once/);
    assert.doesNotMatch(said, /ENOENT|scandir/);
  });

  it('disturbs no Bellhop that runs', async (t) => {
    const { slack, environment, ask } = await aClinic(t);
    await using world = await aWorld({ environment });
    const { port } = new URL(world.publicUrl);
    const lines = await ask({}, { DATA_DIR: world.folder, PORT: port, PUBLIC_URL: world.publicUrl });
    assert.deepEqual(of(lines, /^FIX/).length, 1);
    assert.ok(slack.connections() <= 2);
  });
});

describe('bellhop doctor beside another Bellhop', () => {
  it('says that it answers here or at the public address', async (t) => {
    const { ask } = await aClinic(t);
    await using other = await aWorld();
    await using world = await aWorld({ environment: { PUBLIC_URL: other.publicUrl } });
    const [url = ''] = /http:[^ ]*(?=\/sign-in)/.exec(world.printed.join('\n')) ?? [];
    const { port } = new URL(url);
    await eventually(() => world.printed.length > 1, 'it says where its address leads');
    assert.match(world.printed.at(-1) ?? '', /is answered by something else than this Bellhop, with 404/);
    const elsewhere = await ask({}, { DATA_DIR: world.folder, PORT: port, PUBLIC_URL: other.publicUrl });
    assert.match(elsewhere.join('\n'), /^FIX +http.*\(PUBLIC_URL\) leads to another Bellhop/m);
    const here = await ask({}, { DATA_DIR: world.folder, PORT: new URL(other.publicUrl).port });
    assert.match(here.join('\n'), /^FIX +another Bellhop answers at .*\n +Set DATA_DIR/m);
  });
});

describe('bellhop manifest', () => {
  it('prints the manifest for Slack, for sockets or for HTTP', async () => {
    const sockets = await aManifest(['slack'], {});
    assert.equal(sockets.settings.socket_mode_enabled, true);
    const http = await aManifest(['slack'], { http: true });
    assert.equal(http.settings.interactivity.request_url, 'https://hooks.example.com/slack/events');
  });

  it('gives Slack the address that an admin set where the environment names none', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'bellhop-'));
    t.after(() => rm(folder, { recursive: true }));
    const settings = { ...emptySettings, publicUrl: 'https://bellhop.example' };
    await writeFile(join(folder, 'settings.json'), JSON.stringify({ version: 2, ...settings }));
    const { settings: slack } = await aManifest(['slack'], { http: true }, { PUBLIC_URL: '', DATA_DIR: folder });
    assert.equal(slack.event_subscriptions.request_url, 'https://bellhop.example/slack/events');
  });

  it('links to Slack’s form with the manifest filled in', async () => {
    const { parts, lines } = aTerminal({});
    await manifest.run({ positionals: ['slack'], values: { link: true } }, parts);
    const link = new URL(lines.join(''));
    assert.equal(`${link.origin}${link.pathname}`, 'https://api.slack.com/apps');
    assert.equal(link.searchParams.get('new_app'), '1');
    assert.deepEqual(JSON.parse(link.searchParams.get('manifest_json') ?? ''), await aManifest(['slack'], {}));
    assert.ok(link.href.length < 8_000, `${link.href.length} characters`);
  });

  it('says for which chats there is one', async () => {
    await assert.rejects(aManifest(['irc'], {}), /`irc` takes no manifest. Type `bellhop manifest slack`/);
  });

  it('says that Slack needs an address it can reach', async () => {
    await assert.rejects(aManifest(['slack'], { http: true }, { PUBLIC_URL: '' }), /set PUBLIC_URL/);
  });
});

async function aClinic(t: TestContext) {
  const [slack, discord] = [await startSlack(), await startDiscord()];
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-'));
  t.after(() => Promise.all([slack.stop(), discord.stop(), rm(folder, { recursive: true })]));
  const environment = { DATA_DIR: folder, ...slackEnvironment(slack), ...discordEnvironment(discord) };
  const ask = async (values: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) => {
    const { parts, lines } = aTerminal({ ...environment, ...more });
    await doctor.run({ positionals: [], values }, parts);
    return lines;
  };
  return { slack, discord, environment, ask };
}

async function aManifest(
  positionals: readonly string[],
  values: Readonly<Record<string, boolean>>,
  more: Readonly<Record<string, string>> = {},
) {
  const { parts, lines } = aTerminal({ PUBLIC_URL: 'https://hooks.example.com', ...more });
  await manifest.run({ positionals, values }, parts);
  return JSON.parse(lines.join('\n'));
}

/** What a verb may use, and what it prints. */
function aTerminal(environment: Readonly<Record<string, string>>) {
  const config = loadConfig({ PORT: '9', ...environment });
  const lines: string[] = [];
  const localUrl = `http://127.0.0.1:${config.PORT}`;
  const parts: VerbParts = {
    print: (line) => lines.push(line),
    show: (shown) => lines.push(...plainLines(shown)),
    showMessage: () => undefined,
    input: async () => Buffer.alloc(0),
    vocabulary: async () => ({ verbs: new Map(), commands: new Map() }),
    settings: { export: async () => ({ endpoints: 0 }), import: async () => ({ endpoints: 0 }) },
    place: {
      dataFolder: config.DATA_DIR,
      localUrl,
      publicUrl: config.PUBLIC_URL,
      adminToken: () => readAdminToken(config.DATA_DIR),
    },
    serve: () => Promise.reject(new Error('nothing is to be served')),
    open: () => openOffline(config),
    move: () => Promise.reject(new Error('nothing is to be moved')),
    checkDatabase: async () => undefined,
    backups: {
      passphrase: undefined,
      create: () => Promise.reject(new Error('nothing is to be backed up')),
      restore: () => Promise.reject(new Error('nothing is to be restored')),
    },
    diagnoses: createDiagnoses(config),
    manifests: createManifests(),
  };
  return { parts, lines };
}

function of(lines: readonly string[], pattern: RegExp): readonly string[] {
  return lines.filter((line) => pattern.test(line));
}
