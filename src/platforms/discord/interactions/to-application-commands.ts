import type { Command, Option } from '../../../core/command/command.ts';
import { MANAGE_WEBHOOKS } from '../posting/permissions.ts';

/** What Discord is told of a command. https://discord.com/developers/docs/interactions/application-commands */
export interface ApplicationCommand {
  readonly type: 1 | 3;
  readonly name: string;
  readonly description?: string;
  readonly default_member_permissions: string;
  readonly contexts: readonly number[];
  readonly options?: readonly CommandOption[];
}

export interface CommandOption {
  readonly type: 1 | 2 | 3 | 4 | 5;
  readonly name: string;
  readonly description: string;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
  readonly options?: readonly CommandOption[];
}

export const COMMAND = 'webhook';
export const WHY = 'Why did I see this?';
/** What a message's ⋯ shows, for messages without buttons. */
export const ACTIONS = 'More actions';

/** The group of what does not fit into the 25 places at the top. */
const MORE = 'more';
const PLACES = 25;
const NAME_LENGTH = 32;
const CHOICE_LENGTH = 100;
/** All names, descriptions and choices of one command together. */
const TOTAL_LENGTH = 8000;
const DESCRIPTION_LENGTHS = [100, 80, 60, 45, 30, 15, 1];
const GUILD = 0;

/**
 * `/webhook` with every command as a subcommand, and the message command. No option is required: Discord would not send a
 * command without it, and then nobody could be asked for it in a form.
 */
export function toApplicationCommands(commands: ReadonlyMap<string, Command>): readonly ApplicationCommand[] {
  const shared = { default_member_permissions: String(MANAGE_WEBHOOKS), contexts: [GUILD] };
  const sizes = DESCRIPTION_LENGTHS.map((length) => toOptions(commands, length));
  const options = sizes.find((some) => lengthOf(some) <= TOTAL_LENGTH - 100) ?? sizes.at(-1) ?? [];
  return [
    { type: 1, name: COMMAND, description: 'Webhooks, told in this channel', ...shared, options },
    { type: 3, name: WHY, ...shared },
    { type: 3, name: ACTIONS, ...shared },
  ];
}

/** A name as Discord allows it. */
export function toOptionName(name: string): string {
  const plain = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
  return plain.replace(/[^\p{L}\p{N}_-]/gu, '-').slice(0, NAME_LENGTH);
}

function toOptions(commands: ReadonlyMap<string, Command>, length: number): readonly CommandOption[] {
  const all = [...commands].map(([name, command]) => toSubcommand(name, command, length));
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
    .slice(0, PLACES)
    .map(([option, description]) => toOption(option, description, length));
  return {
    type: 1,
    name: toOptionName(name),
    description: cut(summary || name, length),
    ...(inner.length > 0 && { options: inner }),
  };
}

function toOption(name: string, { type, description, choices, complete }: Option, length: number): CommandOption {
  const shared = { name: toOptionName(name), description: cut(description || name, length) };
  if (type === 'integer') return { type: 4, ...shared };
  if (type === 'flag') return { type: 5, ...shared };
  const fixed = choices && choices.length <= PLACES && choices.every((choice) => choice.length <= CHOICE_LENGTH);
  if (fixed) return { type: 3, ...shared, choices: choices.map((choice) => ({ name: choice, value: choice })) };
  // A channel is text, because it may be one of another platform: `slack:#ops`.
  return { type: 3, ...shared, ...((complete || choices || type === 'channel') && { autocomplete: true }) };
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
