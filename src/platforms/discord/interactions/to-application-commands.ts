import type { Command, Option } from '../../../core/command/command.ts';
import { MANAGE_WEBHOOKS } from '../servers/permissions.ts';
import { CHANNEL_TYPES } from './to-modal.ts';

/** A command as Discord registers it. https://discord.com/developers/docs/interactions/application-commands */
export interface ApplicationCommand {
  readonly type: 1 | 3;
  readonly name: string;
  readonly description?: string;
  readonly default_member_permissions: string;
  readonly contexts: readonly number[];
  readonly options?: readonly CommandOption[];
}

export interface CommandOption {
  readonly type: 1 | 2 | 3 | 4 | 5 | 7;
  readonly name: string;
  readonly description: string;
  readonly autocomplete?: boolean;
  /** Which kinds of channel can be picked. */
  readonly channel_types?: readonly number[];
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
  readonly options?: readonly CommandOption[];
}

export const COMMAND = 'webhook';
export const WHY = 'Why did I see this?';
/** Lets an administrator have a server served, with a code. */
export const CONFIRM = 'confirm';

const CONFIRM_COMMAND: CommandOption = {
  type: 1,
  name: CONFIRM,
  description: 'Let this Bellhop serve this server',
  options: [{ type: 3, name: 'code', description: 'The code from its log, or from `bellhop doctor`' }],
};
/** What a message's ⋯ shows, for messages without buttons. */
export const ACTIONS = 'More actions';

/** The group of what does not fit into the 25 places at the top. */
const MORE = 'more';
const PLACES = 25;
const NAME_LENGTH = 32;
const CHOICE_LENGTH = 100;
const ELSEWHERE = '-elsewhere';
/** All names, descriptions and choices of one command together. */
const TOTAL_LENGTH = 8000;
const DESCRIPTION_LENGTHS = [100, 80, 60, 45, 30, 15, 1];
const GUILD = 0;

/**
 * `/webhook` with every command as a subcommand, the one that confirms a server, and the message command. No option is required: Discord would not send a
 * command without it, and then nobody could be asked for it in a form.
 */
export function toApplicationCommands(
  commands: ReadonlyMap<string, Command>,
  { confirm = false }: { readonly confirm?: boolean } = {},
): readonly ApplicationCommand[] {
  const shared = { default_member_permissions: String(MANAGE_WEBHOOKS), contexts: [GUILD] };
  const sizes = DESCRIPTION_LENGTHS.map((length) => toOptions(commands, length, confirm));
  const options = sizes.find((some) => lengthOf(some) <= TOTAL_LENGTH - 100) ?? sizes.at(-1) ?? [];
  return [
    { type: 1, name: COMMAND, description: 'Webhooks, posted to this channel', ...shared, options },
    { type: 3, name: WHY, ...shared },
    { type: 3, name: ACTIONS, ...shared },
  ];
}

/** A name as Discord allows it. */
export function toOptionName(name: string): string {
  const plain = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
  return plain.replace(/[^\p{L}\p{N}_-]/gu, '-').slice(0, NAME_LENGTH);
}

/** Under which names an option is registered: a channel of another chat has a name of its own. */
export function namesOf(option: string): readonly string[] {
  const name = toOptionName(option);
  return [name, `${name.slice(0, NAME_LENGTH - ELSEWHERE.length)}${ELSEWHERE}`];
}

function toOptions(commands: ReadonlyMap<string, Command>, length: number, confirm: boolean): readonly CommandOption[] {
  const inOrder = [...commands].toSorted(([, one], [, other]) => Number(one.clicked ?? 0) - Number(other.clicked ?? 0));
  const all = [
    ...(confirm ? [CONFIRM_COMMAND] : []),
    ...inOrder.map(([name, command]) => toSubcommand(name, command, length)),
  ];
  if (all.length <= PLACES) return all;
  const more = {
    type: 2,
    name: MORE,
    description: cut('Further commands', length),
    options: all.slice(PLACES - 1, 2 * PLACES - 1),
  } as const;
  return [...all.slice(0, PLACES - 1), more];
}

function toSubcommand(name: string, { summary, options }: Command, length: number): CommandOption {
  const inner = Object.entries(options)
    .flatMap(([option, described]) => toRegistered(option, described, length))
    .slice(0, PLACES);
  return {
    type: 1,
    name: toOptionName(name),
    description: cut(summary || name, length),
    ...(inner.length > 0 && { options: inner }),
  };
}

/** A channel is picked from a list, or typed where it is one of another chat. */
function toRegistered(name: string, option: Option, length: number): readonly CommandOption[] {
  if (option.type !== 'channel') return [toOption(name, option, length)];
  const [picked = '', typed = ''] = namesOf(name);
  return [
    { type: 7, name: picked, description: cut(option.description || name, length), channel_types: CHANNEL_TYPES },
    {
      type: 3,
      name: typed,
      description: cut('The same for a channel on another chat service, such as slack:#ops', length),
      autocomplete: true,
    },
  ];
}

function toOption(name: string, { type, description, choices, complete }: Option, length: number): CommandOption {
  const shared = { name: toOptionName(name), description: cut(description || name, length) };
  if (type === 'integer') return { type: 4, ...shared };
  if (type === 'flag') return { type: 5, ...shared };
  const fixed = choices && choices.length <= PLACES && choices.every((choice) => choice.length <= CHOICE_LENGTH);
  if (fixed) return { type: 3, ...shared, choices: choices.map((choice) => ({ name: choice, value: choice })) };
  // A suggestion would take the place of all the pairs that are typed already.
  const completed = type !== 'pairs' && (complete || choices);
  return { type: 3, ...shared, ...(completed && { autocomplete: true }) };
}

function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

function lengthOf(options: readonly CommandOption[]): number {
  return options.reduce((sum, { name, description, choices = [], options: inner = [] }) => {
    const chosen = choices.reduce((total, choice) => total + choice.name.length + choice.value.length, 0);
    return sum + name.length + description.length + chosen + lengthOf(inner);
  }, 0);
}
