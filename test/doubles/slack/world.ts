import { after } from 'node:test';
import Fastify from 'fastify';
import { systemClock } from '../../../src/app/system-clock.ts';
import { type Command, type CommandRunner, defineCommand, type Invocation } from '../../../src/core/command/command.ts';

import type { Caller } from '../../../src/core/command/permission.ts';
import { reply } from '../../../src/core/command/reply.ts';
import { AppError, OptionError } from '../../../src/core/errors.ts';
import { toMessage } from '../../../src/core/message/message.ts';

import type { Channel } from '../../../src/core/settings/channel.ts';
import { createSlackPlatform } from '../../../src/platforms/slack/create-slack-platform.ts';
import { createCommandRunner } from '../../../src/relay/commands/command-runner.ts';
import { parseMarkdown } from '../../../src/render/markdown/markdown.ts';
import { createMemorySettings } from '../../stores/memory-settings.ts';
import { fixedAddress } from '../fixed-address.ts';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, type Slack, type SlackOptions, startSlack } from './double.ts';
import type { SlackView } from './workspace.ts';

export interface SlackWorldOptions extends SlackOptions {
  readonly mode?: 'socket' | 'http' | 'post';
  readonly commands?: Readonly<Record<string, Command>>;
  /** Makes every pause as short as this, in milliseconds, or as it says. Without it pauses are long, so that a slow machine changes nothing. */
  readonly pause?: number | ((milliseconds: number) => number);
  /** Before the platform starts. */
  readonly prepare?: (slack: Slack) => void;
}

const LONG = 20;

/** Bellhop's Slack platform, connected to a double of Slack through the real Bolt, with a few commands. */
export async function aSlackWorld({
  mode = 'socket',
  commands = {},
  pause = (milliseconds) => milliseconds * LONG,
  prepare,
  ...options
}: SlackWorldOptions = {}) {
  const slack = await startSlack(options);
  prepare?.(slack);
  const lines: string[] = [];
  const note = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const log = { debug: note, info: note, warn: note, error: note };
  const platform = createSlackPlatform({
    botToken: BOT_TOKEN,
    ...(mode === 'socket' && { appToken: APP_TOKEN }),
    ...(mode === 'http' && { signingSecret: SIGNING_SECRET }),
    apiUrl: slack.apiUrl,
    parseMarkdown,
    clock: {
      ...systemClock,
      ...(options.now && { now: () => new Date(options.now?.() ?? 0), elapsed: options.now }),
      sleep: (milliseconds, signal) =>
        systemClock.sleep(typeof pause === 'number' ? Math.min(milliseconds, pause) : pause(milliseconds), signal),
    },
    log,
  });
  const heard: { readonly invocation: Invocation; readonly caller: Caller }[] = [];
  const run = aRunner(commands, heard);
  const named: Channel[] = [];
  await platform.start(run, { named: (channel) => void named.push(channel) });
  after(async () => {
    await platform.stop();
    await slack.stop();
  });
  const url = mode === 'http' ? await serve(platform.requestListener) : undefined;
  if (url) slack.postTo(url);
  return { slack, platform, heard, named, lines, run, url };
}

/** One port of Fastify, as in the whole of Bellhop: what Slack sends is handed on unread. */
async function serve(listener: ReturnType<typeof createSlackPlatform>['requestListener']): Promise<string> {
  const app = Fastify();
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all('/slack/events', (request, reply) => {
      reply.hijack();
      listener(request.raw, reply.raw);
    });
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  after(() => app.close());
  return `${origin}/slack/events`;
}

import { until } from '../../until.ts';

export { until };

function aRunner(
  more: Readonly<Record<string, Command>>,
  heard: { invocation: Invocation; caller: Caller }[],
): CommandRunner {
  const commands = new Map<string, Command>(Object.entries({ ...COMMANDS, ...more }) as [string, Command][]);
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  // These commands touch none of the other parts.
  const runner = createCommandRunner({
    commands,
    settings: createMemorySettings(),
    clock: systemClock,
    log,
    platforms: new Map(),
    providers: new Map(),
    address: fixedAddress,
  } as never);
  const listening = (invocation: Invocation, caller: Caller) => {
    heard.push({ invocation, caller });
    return runner(invocation, caller);
  };
  const complete: CommandRunner['complete'] = async (query) =>
    query.command === 'find' && query.caller.role !== 'outsider' ? roomsLike(query.typed) : runner.complete(query);
  return Object.assign(listening, runner, { complete });
}

/** More rooms than a completer gives at once. */
export const ROOMS = Array.from({ length: 61 }, (_, index) => `room-${index + 1}`);

function roomsLike(typed: string) {
  const found = ROOMS.filter((room) => room.includes(typed)).map((room) => ({ value: room, label: `Room ${room}` }));
  return found.toSorted((a, b) => Number(b.value === typed) - Number(a.value === typed)).slice(0, 25);
}

const base = { examples: [], permission: 'member' as const };
const mine = { mine: { type: 'flag' as const, optional: true as const, description: 'Only what is yours' } };

const COMMANDS = {
  say: defineCommand({
    ...base,
    summary: 'Say it back',
    options: { words: { type: 'string', positional: true, rest: true, optional: true, description: 'What to say' } },
    run: async ({ options }) => reply(`You said \`${options.words}\`.`),
  }),
  shout: defineCommand({
    ...base,
    summary: 'Say it to everybody',
    options: {},
    run: async ({ caller }) => reply(`Hear ye, in ${caller.channelName}!`, { visibleTo: 'channel' }),
  }),
  book: defineCommand({
    ...base,
    summary: 'Book a room',
    examples: ['/webhook book single for 2h'],
    options: {
      room: { type: 'string', positional: true, choices: ['single', 'double'], description: 'Which room' },
      guest: { type: 'string', description: 'Who sleeps there', example: 'Ann' },
      in: { type: 'channel', keyword: 'in', optional: true, description: 'Where to tell of it' },
      quiet: { type: 'flag', optional: true, description: 'Do not disturb' },
      notes: { type: 'string', optional: true, long: true, description: 'Anything else' },
    },
    async run({ options }) {
      if (options.guest === 'nobody') throw new OptionError('guest', 'Nobody cannot *sleep* here.');
      if (options.guest === 'thief') throw new AppError(403, 'forbidden', 'Thieves may not book.');
      return reply(`Booked ${JSON.stringify(options)}`);
    },
  }),
  find: defineCommand({
    ...base,
    summary: 'Find a room',
    options: { name: { type: 'string', positional: true, complete: 'endpoint', description: 'Which room' } },
    run: async ({ options }) => reply(`Found \`${options.name}\`.`),
  }),
  boom: defineCommand({ ...base, summary: 'Fail', options: {}, run: () => Promise.reject(new Error('boom')) }),
  why: defineCommand({
    ...base,
    summary: 'Say why',
    options: { what: { type: 'string', positional: true, rest: true, optional: true, description: 'Which event' } },
    run: async ({ options }) => reply(`Because of \`${options.what}\`.`),
  }),
  list: defineCommand({
    ...base,
    summary: 'List',
    options: mine,
    run: async () => reply('- **api-alerts**', { title: '1 endpoint' }),
  }),
  mutes: defineCommand({ ...base, summary: 'Mutes', options: mine, run: async () => reply('Nothing is muted.') }),
  failed: defineCommand({ ...base, summary: 'Failed', options: mine, run: async () => reply('Nothing has failed.') }),
};

/** A message with a button, a menu and a link, as an event makes one. */
export const anAlert = toMessage({
  title: { text: 'octocat pushed to main' },
  body: 'Fix the **door**',
  actions: [
    { label: 'Say hello', command: 'say', options: { words: 'hello' } },
    {
      label: 'Delete',
      command: 'say',
      options: { words: 'gone' },
      style: 'danger',
      confirm: { title: 'Sure?', text: 'Really.', yes: 'Yes' },
    },
    { label: 'Why did I see this?', command: 'why', options: { what: '42' }, tucked: true },
    { label: 'Mute', command: 'say', options: { words: 'mute' }, tucked: true },
    { label: 'Open', url: 'https://example.com/' },
  ],
});

/** Types a command and gives back the modal that it opens. */
export async function aModal(slack: Slack, line: string): Promise<SlackView> {
  await slack.type(line);
  await until(() => slack.modal());
  return slack.modal() as SlackView;
}

/** A command that takes nothing. */
export function aCommand(run: () => Promise<ReturnType<typeof reply>>) {
  return defineCommand({ summary: 'Do it', examples: [], permission: 'member', options: {}, run });
}

/** A command that ends when it is told to. */
export function aSlowCommand() {
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof reply>>();
  return { slow: aCommand(() => promise), finish: () => resolve(reply('At last.')) };
}

/** Everything a message holds, with Slack's entities as the characters they stand for. */
export const textOf = (message: { text: string; blocks?: unknown } | undefined) =>
  JSON.stringify([message?.text, message]).replaceAll('\\"', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
