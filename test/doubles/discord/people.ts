import { fieldsOf, type RegisteredCommand, type RegisteredOption } from './command-limits.ts';
import type { Exchange, Modal } from './exchange.ts';
import type { Component, Json, Message } from './messages.ts';
import { PERMISSION } from './permissions.ts';
import { CHANNEL, type Channel, type Place, type User } from './place.ts';
import { toChannel, toMember, toUser } from './shapes.ts';

export type Typed = Readonly<Record<string, string | number | boolean>>;

/** What Discord's own app lets somebody type: the command as registered, with options of the right kind. */
export function toCommandData(
  place: Place,
  commands: readonly RegisteredCommand[],
  path: string,
  typed: Typed,
  focused?: string,
): Json {
  const words = path.replace(/^\//, '').split(' ');
  const command = commands.find(({ name, type = 1 }) => name === words[0] && type === 1);
  if (!command) throw new Error(`/${words[0]} is not registered`);
  const nest = (options: readonly RegisteredOption[], [word, ...rest]: readonly string[]): readonly Json[] => {
    if (word === undefined) return values(options, picked(place, options, typed), focused);
    const found = options.find(({ name, type }) => name === word && type < 3);
    // Whoever types the name of a subcommand is offered it with its group.
    const group = found
      ? undefined
      : options.find(({ type, options: inner = [] }) => type === 2 && inner.some(({ name }) => name === word));
    if (group) return [{ type: 2, name: group.name, options: nest(group.options ?? [], [word, ...rest]) }];
    if (!found) throw new Error(`${word} is not part of ${path}`);
    return [{ type: found.type, name: word, options: nest(found.options ?? [], rest) }];
  };
  return { id: command.id, name: command.name, type: 1, options: nest(command.options ?? [], words.slice(1)) };
}

/** Channels as Discord's own picker gives them: one of this guild, of a kind that is asked for. */
function picked(place: Place, options: readonly RegisteredOption[], typed: Typed): Typed {
  const pick = (name: string, value: Typed[string]): Typed[string] => {
    const option = options.find((candidate) => candidate.name === name && candidate.type === 7);
    if (!option) return value;
    const channel = place.named(String(value).replace(/^#|^<#|>$/g, ''));
    if (!(option.channel_types ?? []).includes(CHANNEL[channel.kind]))
      throw new Error(`${name} offers no ${channel.kind}`);
    return channel.id;
  };
  return Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, pick(name, value)]));
}

function values(options: readonly RegisteredOption[], typed: Typed, focused?: string): readonly Json[] {
  const missing = options.find(({ name, required }) => required && !(name in typed));
  if (missing && !focused) throw new Error(`Discord would not send this without ${missing.name}`);
  return Object.entries(typed).map(([name, value]) => {
    const option = options.find((candidate) => candidate.name === name);
    if (!option) throw new Error(`${name} is not an option here`);
    const kind = { 3: 'string', 4: 'number', 5: 'boolean', 7: 'string' }[option.type];
    if (typeof value !== kind && name !== focused) throw new Error(`${name} takes a ${kind}`);
    if (option.choices && !option.choices.some((choice) => choice.value === value))
      throw new Error(`${value} is not a choice of ${name}`);
    if (name === focused && !option.autocomplete) throw new Error(`${name} does not complete`);
    return { type: option.type, name, value, ...(name === focused && { focused: true }) };
  });
}

/** The parts every interaction has. */
export function toPayload(place: Place, { id, token, type, user, channel, source }: Exchange, data: Json): Json {
  return {
    id,
    application_id: place.application.id,
    type,
    token,
    version: 1,
    ...(channel.kind === 'direct' ? toDirect(user, channel) : toGuildPart(place, user, channel)),
    locale: 'en-US',
    app_permissions: String(place.permissionsOf(place.bot.id, channel)),
    entitlements: [],
    attachment_size_limit: 26_214_400,
    data,
    ...(source && { message: source }),
  };
}

function toGuildPart(place: Place, user: User, channel: Channel): Json {
  const permissions = String(place.permissionsOf(user.id, channel));
  return {
    guild_id: place.guildId,
    guild: { id: place.guildId, locale: 'en-US', features: [] },
    guild_locale: 'en-US',
    channel_id: channel.id,
    channel: { ...toChannel(channel), permissions },
    member: { ...toMember(place, user), permissions },
    authorizing_integration_owners: { 0: place.guildId },
    context: 0,
  };
}

function toDirect(user: User, channel: Channel): Json {
  const shared = { channel_id: channel.id, channel: toChannel(channel), context: 1 };
  return { ...shared, user: toUser(user), authorizing_integration_owners: { 0: '0' } };
}

/** Whether Discord shows a command to somebody at all. */
export function mayUse(place: Place, command: RegisteredCommand, user: User, channel: Channel): boolean {
  const has = place.permissionsOf(user.id, channel);
  const needs = BigInt((command.default_member_permissions as string | null) ?? 0);
  return (has & PERMISSION.administrator) !== 0n || (has & needs) === needs;
}

/** The button with this label, ready to be clicked. */
export function buttonOf(message: Message, label: string): Component {
  const buttons = partsOf(message).filter(({ type }) => type === 2);
  const found = buttons.find((button) => button.label === label);
  if (!found)
    throw new Error(`no button "${label}" among ${buttons.map((button) => `"${button.label}"`).join(', ') || 'none'}`);
  if (found.url || found.disabled) throw new Error(`"${label}" sends nothing`);
  return found;
}

/** The menu that offers an option with this label, and that option's value. */
export function optionOf(message: Message, label: string): { readonly menu: Component; readonly value: string } {
  for (const menu of partsOf(message)) {
    const found = menu.type === 3 && menu.options?.find((option) => option.label === label);
    if (found) return { menu, value: found.value };
  }
  throw new Error(`no menu offers "${label}"`);
}

/** A modal as somebody filled it in, by label or id; what they leave alone keeps its first value. */
export function toSubmission(modal: Modal, filled: Readonly<Record<string, string>>): Json {
  const labels = new Map(
    modal.components.flatMap((row) => fieldsOf([row]).map((field) => [field.custom_id, row.label ?? field.label])),
  );
  for (const key of Object.keys(filled)) {
    if (![...labels].flat().includes(key))
      throw new Error(`the modal has no field "${key}", only ${[...labels.values()].join(', ')}`);
  }
  const answer = (field: Component & Json): Json => {
    const chosen = field.options?.find((option) => (option as Json).default)?.value;
    const value =
      filled[labels.get(field.custom_id) ?? ''] ?? filled[field.custom_id ?? ''] ?? field.value ?? chosen ?? '';
    if (!value && field.required !== false) throw new Error(`"${labels.get(field.custom_id)}" may not be empty`);
    if ([...value].length > Number(field.max_length ?? 4000))
      throw new Error(`"${labels.get(field.custom_id)}" is too long`);
    const answered = field.type !== 4 ? { values: value ? [value] : [] } : { value };
    return { type: field.type, id: 1, custom_id: field.custom_id, ...answered };
  };
  return {
    custom_id: modal.custom_id,
    components: modal.components
      .filter(({ type }) => type !== 10)
      .map((row) =>
        row.type === 18 && row.component
          ? { type: 18, id: 1, component: answer(row.component as Component & Json) }
          : {
              type: row.type,
              id: 1,
              components: (row.components ?? []).map((field) => answer(field as Component & Json)),
            },
      ),
  };
}

function partsOf({ components }: Message): readonly Component[] {
  return components.flatMap((row) => row.components ?? []);
}
