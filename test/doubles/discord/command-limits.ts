import type { Component, Json } from './messages.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

interface Option {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
  readonly autocomplete?: boolean;
  readonly channel_types?: readonly number[];
  readonly options?: readonly Option[];
}

export interface RegisteredCommand extends Json {
  readonly name: string;
  readonly type?: number;
  readonly description?: string;
  readonly options?: readonly Option[];
}

export type RegisteredOption = Option;

/** What Discord would refuse in a list of commands. https://discord.com/developers/docs/interactions/application-commands */
export function validateCommands(commands: readonly RegisteredCommand[]): readonly string[] {
  const slash = commands.filter(({ type = 1 }) => type === 1);
  return [
    ...(slash.length > 100 ? ['more than 100 slash commands'] : []),
    ...(commands.filter(({ type }) => type === 3).length > 15 ? ['more than 15 message commands'] : []),
    ...commands
      .filter(({ type = 1 }) => type !== 1)
      .flatMap(({ name, description }) => [
        ...(name.length < 1 || name.length > 32 ? [`the name ${name}`] : []),
        ...(description ? [`a description on ${name}`] : []),
      ]),
    ...slash.flatMap((command) => [
      ...named(command, command.name),
      ...list(command.options ?? [], command.name),
      ...(weight(command) > 8000 ? [`${command.name} weighs ${weight(command)} of 8000`] : []),
    ]),
  ];
}

/** What Discord would refuse in a modal. */
export function validateModal({ title, custom_id: id, components }: Json): readonly string[] {
  const rows = Array.isArray(components) ? (components as readonly Component[]) : [];
  const fields = fieldsOf(rows);
  const ids = fields.map((field) => field.custom_id);
  return [
    ...(length(title) < 1 || length(title) > 45 ? ['title'] : []),
    ...(length(id) < 1 || length(id) > 100 ? ['custom_id'] : []),
    ...(rows.length < 1 || rows.length > 5 ? [`${rows.length} components`] : []),
    ...(new Set(ids).size !== ids.length ? ['a custom_id twice'] : []),
    ...rows.filter(({ type }) => ![1, 10, 18].includes(type)).map(({ type }) => `component ${type} in a modal`),
    ...rows
      .filter(({ type, label }) => type === 18 && (length(label) < 1 || length(label) > 45))
      .map(({ label }) => `label ${label}`),
    ...rows
      .filter((row) => row.type === 18 && 'description' in row && length(row.description) > 100)
      .map(() => 'a description over 100'),
    ...fields.flatMap((field) => [
      ...(length(field.custom_id) < 1 || length(field.custom_id) > 100 ? ['a field without custom_id'] : []),
      ...(length(field.value) > 4000 ? [`the value of ${field.custom_id}`] : []),
      ...(length((field as unknown as Json).placeholder) > (field.type === 3 ? 150 : 100)
        ? [`the placeholder of ${field.custom_id}`]
        : []),
      ...(field.type === 3 ? options(field) : []),
    ]),
  ];
}

/** The inputs of a modal, whether they stand in rows or under labels. */
export function fieldsOf(rows: readonly Component[]): readonly Component[] {
  return rows.flatMap((row) => (row.type === 18 ? (row.component ? [row.component] : []) : (row.components ?? [])));
}

function options({ custom_id: id, options: choices = [] }: Component): readonly string[] {
  if (choices.length < 1 || choices.length > 25) return [`${choices.length} options in ${id}`];
  if (new Set(choices.map(({ value }) => value)).size !== choices.length) return [`a value twice in ${id}`];
  return choices
    .filter(({ label, value }) => length(label) < 1 || length(label) > 100 || length(value) < 1 || length(value) > 100)
    .map(({ label }) => `the option ${label} of ${id}`);
}

function list(given: readonly Option[], path: string): readonly string[] {
  const names = given.map(({ name }) => name);
  const late = given.findIndex(
    ({ required }, index) => required && given.slice(0, index).some((earlier) => !earlier.required),
  );
  return [
    ...(given.length > 25 ? [`${given.length} options in ${path}`] : []),
    ...(new Set(names).size !== names.length ? [`an option twice in ${path}`] : []),
    ...(late >= 0 ? [`a required option after an optional one in ${path}`] : []),
    ...(given.some(({ type }) => type < 3) && given.some(({ type }) => type >= 3)
      ? [`subcommands beside options in ${path}`]
      : []),
    ...given.flatMap((option) => [
      ...named(option, `${path} ${option.name}`),
      ...((option.choices?.length ?? 0) > 25 ? [`${option.choices?.length} choices in ${path} ${option.name}`] : []),
      ...(option.choices?.length && option.autocomplete ? [`choices and autocomplete in ${path} ${option.name}`] : []),
      ...(option.choices ?? [])
        .filter(({ name, value }) => length(name) < 1 || length(name) > 100 || length(String(value)) > 100)
        .map(({ name }) => `the choice ${name}`),
      ...list(option.options ?? [], `${path} ${option.name}`),
    ]),
  ];
}

function named(
  { name, description }: { readonly name: string; readonly description?: string },
  path: string,
): readonly string[] {
  return [
    ...(NAME.test(name) && name === name.toLowerCase() ? [] : [`the name of ${path}`]),
    ...(length(description) < 1 || length(description) > 100 ? [`the description of ${path}`] : []),
  ];
}

function weight({ name, description, options: inner = [], choices = [] }: Partial<Option>): number {
  const own =
    length(name) +
    length(description) +
    choices.reduce((sum, choice) => sum + length(choice.name) + length(String(choice.value)), 0);
  return inner.reduce((sum, option) => sum + weight(option), own);
}

function length(value: unknown): number {
  return typeof value === 'string' ? [...value].length : 0;
}
