import { OptionError } from '../errors.ts';
import { repeated } from '../message/markdown/typed-word.ts';
import { parseDuration } from '../text/duration.ts';
import { didYouMean } from '../text/nearest.ts';
import { findTimeZone, nearestTimeZone } from '../text/time-zone.ts';
import type { Command, Option, OptionValues } from './command.ts';
import { parseSpokenMoment } from './spoken-moment.ts';
import { tokenize } from './tokenize.ts';

export interface ParsedOptions {
  readonly values: OptionValues<Readonly<Record<string, Option>>>;
  /** The options that must be given and were not, in order. */
  readonly missing: readonly string[];
  /** The option that holds a time of day, where one does: it needs a time zone. */
  readonly zoned?: string;
}

type Typed = Readonly<Record<string, string>>;
type Options = Pick<Command, 'options'>;

interface Given {
  readonly name: string;
  readonly option: Option;
  readonly text: string;
}

/**
 * Turns options as they were typed, or chosen in a form, into what the command expects. Empty text counts as not given. Times
 * of day are read in the given zone, or in UTC. Throws `OptionError` for the first option that cannot be used, with what was
 * expected and an example.
 */
export async function parseOptions(
  command: Options,
  typed: Typed,
  { now, timeZone }: { readonly now: Date; readonly timeZone?: string | undefined },
): Promise<ParsedOptions> {
  const values: Record<string, unknown> = {};
  const missing: string[] = [];
  let zoned: string | undefined;
  for (const [name, option] of Object.entries(command.options)) {
    const text = typedFor(typed, name);
    if (option.type === 'pairs') values[name] = toPairs(name, text, command, typed);
    else if (text === '' && option.type === 'flag') values[name] = option.optional ? undefined : false;
    else if (text === '' && option.optional) values[name] = undefined;
    else if (text === '') missing.push(name);
    else if (option.words?.includes(text.toLowerCase())) values[name] = text.toLowerCase();
    else if (option.type === 'moment') {
      const moment = expected(await parseSpokenMoment(text, now, timeZone), { name, option, text });
      values[name] = moment.at;
      if (moment.zoned) zoned = name;
    } else {
      values[name] = toValue({ name, option, text });
      if (option.zoned && !isNone(text)) zoned = name;
    }
  }
  // Each value has the type of its own option, which only the command's declaration knows.
  return { values: values as ParsedOptions['values'], missing, ...(zoned && { zoned }) };
}

/** The time zone that is named among typed options, if the command takes one. Throws `OptionError` when there is no such zone. */
export function namedZone({ options }: Options, typed: Typed): string | undefined {
  const [name, option] = Object.entries(options).find(([, { type }]) => type === 'zone') ?? [];
  const text = name ? typedFor(typed, name) : '';
  return name && option && text ? expected(findTimeZone(text), { name, option, text }) : undefined;
}

/** Whether an option takes something away, rather than giving it a value. */
export function isNone(text: string): boolean {
  return /^(?:none|off)$/i.test(text.trim());
}

function typedFor(typed: Typed, name: string): string {
  return Object.hasOwn(typed, name) ? (typed[name] ?? '').trim() : '';
}

function toValue({ name, option, text }: Given): string | number | boolean {
  const given = { name, option, text };
  switch (option.type) {
    case 'duration':
      return expected(parseDuration(text), given);
    case 'zone':
      return expected(findTimeZone(text), given);
    case 'integer':
      return expected(toInteger(text), given);
    case 'flag':
      return expected(toFlag(text), given);
    default:
      return option.choices ? toChoice(name, option.choices, text) : text;
  }
}

/** What each type of option is called, and an example of it. */
const EXPECTED: Readonly<Partial<Record<Option['type'], readonly [what: string, example: string]>>> = {
  duration: ['a length of time', '2h'],
  moment: ['a time', 'tomorrow 9am'],
  zone: ['a time zone', 'Europe/Berlin'],
  integer: ['a whole number', '10'],
  flag: ['yes or no', 'yes'],
};

function expected<T>(value: T | undefined, { name, option, text }: Given): T {
  if (value !== undefined) return value;
  const [what, example] = EXPECTED[option.type] ?? ['a value', '…'];
  const written = option.type === 'flag' ? `${name}=${example}` : (option.example ?? example);
  const near = option.type === 'zone' ? nearestTimeZone(text) : undefined;
  const typed = repeated(text, { known: near ? [near, near.slice(near.lastIndexOf('/') + 1)] : [], otherwise: 'This' });
  throw new OptionError(
    name,
    `${typed} is not ${what} for \`${name}\`.${near ? ` Did you mean \`${near}\`?` : ''} Write it like \`${written}\`.`,
  );
}

function toInteger(text: string): number | undefined {
  const value = Number(text);
  return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(value) ? value : undefined;
}

function toFlag(text: string): boolean | undefined {
  if (/^(true|yes|y|on|1)$/i.test(text)) return true;
  return /^(false|no|n|off|0)$/i.test(text) ? false : undefined;
}

function toChoice(name: string, choices: readonly string[], text: string): string {
  const found = choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
  if (found) return found;
  const all = choices.map((choice) => `\`${choice}\``).join(', ');
  throw new OptionError(
    name,
    `${repeated(text, { known: choices, otherwise: 'This' })} is not a choice for \`${name}\`. It can be ${all}.${didYouMean(text, choices)}`,
  );
}

/** Every `name=value` that is not an option of the command; a form gives them as one text. */
function toPairs(name: string, text: string, { options }: Options, typed: Typed): Typed {
  const pairs = new Map<string, string>();
  for (const word of tokenize(text)) {
    if (!word.name)
      throw new OptionError(
        name,
        `${repeated(word.raw, { otherwise: 'One of the words' })} is not a pair for \`${name}\`. Write each as \`name=value\`.`,
      );
    pairs.set(word.name, word.text);
  }
  for (const [key, value] of Object.entries(typed))
    if (!Object.hasOwn(options, key) && value !== '') pairs.set(key, value.trim());
  return Object.fromEntries(pairs);
}
