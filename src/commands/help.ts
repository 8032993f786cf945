import { type Command, defineCommand } from '../core/command/command.ts';
import { findCommand } from '../core/command/command-text.ts';
import { reply } from '../core/command/reply.ts';
import { toUsage } from '../core/command/usage.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import type { CommandAction, Markdown } from '../core/message/message.ts';

const FIRST_STEPS = [
  { label: 'New endpoint', command: 'new', options: {}, style: 'primary' },
  { label: 'Endpoints', command: 'list', options: {} },
  { label: 'Test', command: 'test', options: {} },
  { label: 'Mute', command: 'mute', options: {} },
  { label: 'History', command: 'history', options: {} },
] as const;

const EXPLAINED = 14;

/** What people look for in chat and is done elsewhere. */
const ELSEWHERE: ReadonlyMap<string, Markdown> = new Map([
  [
    'export',
    '`bellhop backup <file>`, on the machine where Bellhop runs, writes the settings and the journal into one sealed file. Programs read events from `/api/v1/events` and endpoints from `/api/v1/endpoints`.',
  ],
]);

export default defineCommand({
  summary: 'List all commands, or explain one',
  examples: ['/webhook help', '/webhook help mute'],
  aliases: ['?', '-h', '--help', 'commands'],
  shortcuts: { export: { command: 'export' } },
  place: 22,
  permission: 'member',
  options: {
    command: {
      type: 'string',
      positional: true,
      optional: true,
      complete: 'command',
      example: 'mute',
      description: 'The command to explain',
    },
  },

  async run({ options }, { commands }) {
    const elsewhere = ELSEWHERE.get(options.command?.toLowerCase() ?? '');
    if (elsewhere) return reply(elsewhere, { title: 'Elsewhere', data: { command: null } });
    if (options.command !== undefined) {
      const { name, command } = findCommand(options.command, commands);
      return reply(explain(name, command), {
        title: `/webhook ${name}`,
        actions: command.clicked ? [] : [{ label: `Run /webhook ${name}`, command: name, options: {} }],
        data: { command: name },
      });
    }
    const lines = [...commands].map(([name, { summary }]) => `- ${inlineCode(`/webhook ${name}`)} ${summary}`);
    return reply(
      [
        'Bellhop posts webhooks in this chat. Start with `/webhook new`.',
        lines.join('\n'),
        '`/webhook help <command>` says more. Text of several words goes in quotes; times are written like `30m`, `2h` or `tomorrow 9am`.',
      ].join('\n\n'),
      {
        title: 'Commands',
        actions: [...FIRST_STEPS, ...toExplanations(commands)],
        data: { commands: [...commands.keys()] },
      },
    );
  },
});

/** What explains each of the other commands that people type, as many as every chat's menu holds. */
function toExplanations(commands: ReadonlyMap<string, Command>): readonly CommandAction[] {
  const first: readonly string[] = FIRST_STEPS.map(({ command }) => command);
  return [...commands]
    .filter(([name, { place }]) => place !== undefined && !first.includes(name))
    .slice(0, EXPLAINED)
    .map(([name]) => ({ label: name, command: 'help', options: { command: name }, tucked: true }));
}

function explain(name: string, command: Command): Markdown {
  const options = Object.entries(command.options).map(([option, { description, choices }]) => {
    const values = choices ? ` (${choices.map((choice) => inlineCode(choice)).join(', ')})` : '';
    return `- ${inlineCode(option)} ${description}${values}`;
  });
  return [
    `${command.summary}.`,
    inlineCode(toUsage(name, command)),
    ...(command.help ? [command.help] : []),
    ...(options.length ? [options.join('\n')] : []),
    `For example:\n${command.examples.map((example) => `- ${inlineCode(example)}`).join('\n')}`,
    ...(command.aliases?.length
      ? [`Also typed as ${command.aliases.map((alias) => inlineCode(alias)).join(', ')}.`]
      : []),
    ...(command.permission === 'member'
      ? []
      : [command.permission === 'owner' ? 'Only for the endpoint’s owners and for admins.' : 'Only for admins.']),
  ].join('\n\n');
}
