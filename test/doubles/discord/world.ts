import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { type Command, type CommandRunner, defineCommand, type Reply } from '../../../src/core/command/command.ts';
import type { Caller } from '../../../src/core/command/permission.ts';
import { reply } from '../../../src/core/command/reply.ts';
import { type Message, type MessageParts, toMessage } from '../../../src/core/message/message.ts';
import {
  createDiscordPlatform,
  type DiscordPlatform,
  type DiscordPlatformParts,
} from '../../../src/platforms/discord/create-discord-platform.ts';
import { parseMarkdown } from '../../../src/render/markdown/markdown.ts';
import { createMemorySettings } from '../../stores/memory-settings.ts';
import { type Discord, type DiscordOptions, startDiscord } from './double.ts';

export interface DiscordWorldOptions extends DiscordOptions {
  readonly run?: CommandRunner;
  readonly overHttp?: boolean;
  readonly platform?: Partial<DiscordPlatformParts>;
  /** Whether to leave the platform for the test to start. */
  readonly unstarted?: boolean;
}

export interface Ran {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  readonly caller: Caller;
}

const nothing = async (): Promise<Reply> => reply('never run here');

/** Some commands as a platform sees them. */
export const someCommands: ReadonlyMap<string, Command> = new Map<string, Command>(
  Object.entries({
    mute: defineCommand({
      summary: 'Keep a source quiet for a while',
      examples: [],
      permission: 'member',
      options: {
        endpoint: { type: 'string', description: 'Whose events', complete: 'endpoint', positional: true },
        for: { type: 'duration', description: 'How long', complete: 'duration', optional: true },
        count: { type: 'integer', description: 'How many', optional: true },
        confirm: { type: 'flag', description: 'Without asking' },
      },
      run: nothing,
    }) as unknown as Command,
    new: defineCommand({
      summary: 'Make an endpoint',
      examples: [],
      permission: 'member',
      options: {
        provider: { type: 'string', description: 'Who sends', choices: ['github', 'stripe'] },
        in: { type: 'channel', description: 'Where', optional: true, complete: 'channel' },
        note: { type: 'string', description: 'Anything', optional: true, long: true },
      },
      run: nothing,
    }) as unknown as Command,
    why: defineCommand({
      summary: 'Why a message came',
      examples: [],
      permission: 'member',
      options: { event: { type: 'string', description: 'Which event', complete: 'event' } },
      run: nothing,
    }) as unknown as Command,
    secret: defineCommand({
      summary: 'Something private',
      examples: [],
      permission: 'member',
      options: {},
      run: nothing,
    }) as unknown as Command,
  }),
);

/** A runner that remembers what it was asked and answers as told. */
export function aRunner(
  answer: (ran: Ran) => Reply | Promise<Reply> = defaultAnswer,
): CommandRunner & { readonly ran: readonly Ran[] } {
  const ran: Ran[] = [];
  const run = async (invocation: Parameters<CommandRunner>[0], caller: Caller) => {
    assert.ok('command' in invocation);
    ran.push({ ...invocation, caller });
    return answer({ ...invocation, caller });
  };
  return Object.assign(run, {
    ran,
    commands: someCommands,
    complete: async ({ typed }: { readonly typed: string }) =>
      ['api', 'shop'].filter((name) => name.startsWith(typed)).map((value) => ({ value, label: `${value} (GitHub)` })),
    settings: () => {
      throw new Error('no platform reads settings');
    },
  });
}

function defaultAnswer({ command, options, caller }: Ran): Reply {
  if (caller.role === 'outsider') return reply('You may not.', { data: { code: 'forbidden' } });
  if (command === 'mute' && !options.endpoint) return formFor('mute', ['endpoint', 'for', 'confirm'], options);
  if (command === 'new' && !options.provider) return formFor('new', ['provider', 'in', 'note'], options);
  if (command === 'mute') return reply(`**${options.endpoint}** is muted.`, { visibleTo: 'channel' });
  return reply(`ran ${command}`);
}

function formFor(command: string, ask: readonly string[], options: Readonly<Record<string, string>>): Reply {
  return reply('Something is missing.', {
    form: { command, title: `/webhook ${command}`, ask, options, submit: 'Go' },
  });
}

/** A message about an event, with the buttons such messages have. */
export function anEventMessage(parts: Partial<MessageParts> = {}): Message {
  return toMessage({
    title: { text: 'octocat pushed to main', url: 'https://example.com/push' },
    body: 'Three commits.',
    // Too long for a line of the description.
    fields: [{ name: 'Branch', value: 'leave-the-door-of-the-workshop-open-until-everybody-has-gone-home' }],
    actions: [
      { label: 'Open', url: 'https://example.com/push' },
      { label: 'Mute for 1 h', command: 'mute', options: { endpoint: 'api', for: '1h' } },
      {
        label: 'Delete it',
        command: 'secret',
        options: {},
        confirm: { title: 'Sure?', text: 'It is gone then.', yes: 'Yes' },
      },
      { label: 'Mute the source', command: 'mute', options: { endpoint: 'api', for: '2h' }, tucked: true },
      { label: 'Why did I see this?', command: 'why', options: { event: 'e1' }, tucked: true },
    ],
    ...parts,
  });
}

/** Bellhop's Discord platform, connected to the double of Discord. */
export async function aDiscordWorld(
  t: TestContext,
  { run = aRunner(), overHttp = false, platform: parts = {}, unstarted = false, ...options }: DiscordWorldOptions = {},
) {
  const discord = await startDiscord(options);
  const lines: { readonly level: string; readonly message: string; readonly fields: object }[] = [];
  const note = (level: string) => (fields: object, message: string) => void lines.push({ level, message, fields });
  const settings = settingsFor(discord);
  const platform = createDiscordPlatform({
    token: discord.token,
    apiUrl: discord.api,
    settings,
    key: Buffer.alloc(32, 7),
    parseMarkdown,
    clock: { now: () => new Date(discord.clock.now()), elapsed: discord.clock.now, sleep: discord.clock.sleep },
    log: { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') },
    ...(overHttp && { publicKey: discord.publicKey }),
    ...parts,
  });
  const endpoint = await serveInteractions(platform);
  t.after(async () => {
    await platform.stop();
    await endpoint.stop();
    await discord.stop();
    assert.deepEqual(discord.rest.problems, []);
  });
  if (!unstarted) await platform.start(run);
  if (overHttp) discord.useHttp(endpoint.url);
  const post = (message = anEventMessage(), channel = 'ops', nonce: string = crypto.randomUUID()) =>
    platform.post(discord.place.named(channel).id, message, { nonce });
  return { discord, platform, settings, lines, post, endpoint: endpoint.url };
}

/** Settings of an installation that serves a guild. */
export function settingsFor({ place }: Discord) {
  return createMemorySettings({ servers: [`discord:${place.guildId}`] });
}

async function serveInteractions(platform: DiscordPlatform) {
  const server = createServer(async (request, response) => {
    const { status, body } = await platform.handleInteraction({
      headers: request.headers,
      body: await buffer(request),
    });
    response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/discord/interactions`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export { until } from '../../until.ts';
