import type { Command } from '../../../core/command/command.ts';
import type { Caller, Role } from '../../../core/command/permission.ts';
import { decodeAction } from '../../../core/message/action-text.ts';
import { unmarked } from '../../../core/message/mark.ts';
import type { Interaction, InteractionData, InteractionOption, SourceMessage } from '../connection/interaction.ts';
import { namesOf, toOptionName } from './to-application-commands.ts';

export interface ReadCommand {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  /** The option being typed. */
  readonly focused?: string;
}

type Commands = ReadonlyMap<string, Command>;

/** What somebody is on the servers that are served, and the roles they have there. */
export interface Standing {
  readonly role: Role;
  readonly roles: readonly string[];
}

/** Who asked, and from where. A bot counts as an outsider. */
export function toCaller({ channel, member, user }: Interaction, { role, roles }: Standing): Caller {
  const person = member?.user ?? user;
  return {
    platform: 'discord',
    channel: channel?.id ?? '',
    channelName: channel?.name ?? channel?.id ?? '',
    user: person?.id ?? '',
    userName: member?.nick ?? person?.global_name ?? person?.username ?? '',
    ...(roles.length > 0 && { groups: roles.map((id) => `&${id}`) }),
    role: person && !person.bot ? role : 'outsider',
  };
}

/** The command that was typed, with its options as text and by our own names. */
export function readCommand({ options = [] }: InteractionData, commands: Commands): ReadCommand {
  const first = options[0];
  const chosen = first?.type === 2 ? first.options?.[0] : first;
  const name = [...commands.keys()].find((known) => toOptionName(known) === chosen?.name) ?? chosen?.name ?? 'help';
  const given = (chosen?.options ?? []).map((option) => [ownName(option, commands.get(name)), option] as const);
  const focused = given.find(([, option]) => option.focused)?.[0];
  // A channel that was picked counts for more than one that was typed for another chat.
  const inOrder = given.toSorted(
    ([, a], [, b]) => Number(a.type === PICKED_CHANNEL) - Number(b.type === PICKED_CHANNEL),
  );
  return {
    command: name,
    options: Object.fromEntries(inOrder.map(([option, { type, value = '' }]) => [option, toText(type, String(value))])),
    ...(focused && { focused }),
  };
}

function ownName({ name }: InteractionOption, command: Command | undefined): string {
  const found = Object.keys(command?.options ?? {}).find((option) => namesOf(option).includes(name));
  return found ?? name;
}

const PICKED_CHANNEL = 7;

function toText(type: number, value: string): string {
  return type === PICKED_CHANNEL && /^\d+$/.test(value) ? `<#${value}>` : value;
}

/** What a modal was filled in with; what was left empty is left out. */
export function readFields({ components = [] }: InteractionData): Readonly<Record<string, string>> {
  const fields = components.flatMap((row) => (row.component ? [row.component] : (row.components ?? [])));
  const filled = fields.map(
    ({ type, custom_id: name, value, values }) => [name, value ?? toValue(type, values?.[0])] as const,
  );
  return Object.fromEntries(filled.filter(([, value]) => value.trim() !== ''));
}

const CHANNEL_MENU = 8;

function toValue(type: number, value = ''): string {
  return type === CHANNEL_MENU && value ? `<#${value}>` : value;
}

/** The event that a message of ours is about, by the commands its buttons carry. */
export async function eventOf(
  { components = [] }: SourceMessage,
  lengthen: (text: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const parts = components.flatMap((row) => row.components ?? []);
  const texts = parts.flatMap(({ custom_id: id, options = [] }) => [
    ...(id ? [id] : []),
    ...options.map(({ value }) => value),
  ]);
  const whole = await Promise.all(texts.map(lengthen));
  const commands = whole.flatMap((text) => decodeAction(text ?? '') ?? []);
  return commands.flatMap(({ options }) => options.event ?? []).at(0);
}

/** The first line of a message of ours, as it was before it was marked and written in Discord's Markdown. */
export function firstLineOf({ content, embeds }: SourceMessage): string | undefined {
  const [embed] = embeds ?? [];
  return [content, embed?.title, embed?.description].map(toPlainLine).find((line) => /\p{L}/u.test(line));
}

function toPlainLine(text = ''): string {
  const line = text.split('\n', 1)[0] ?? '';
  const said = line
    .replace(/<[@#:][^>]*>|\*\*|[\u200B-\u200D\u2060]/g, '')
    .replace(/\[((?:\\.|[^\]\\])*)\]\([^)\s]*\).*/, '$1')
    .replace(/\\(.)/g, '$1');
  return unmarked(said.trim());
}
