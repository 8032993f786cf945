import { OptionError } from '../errors.ts';
import { quoted } from '../message/inline-code.ts';
import { parseDuration } from '../text/duration.ts';
import { didYouMean } from '../text/nearest.ts';
import type { Command, Option, OptionValues } from './command.ts';
import { parseMoment } from './spoken-moment.ts';
import { tokenize } from './tokenize.ts';

export interface ParsedOptions {
  readonly values: OptionValues<Readonly<Record<string, Option>>>;
  /** The options that must be given and were not, in order. */
  readonly missing: readonly string[];
}

type Value = string | number | boolean | Date;

/**
 * Turns options as they were typed, or chosen in a form, into what the command expects. Empty text counts as not given. Throws
 * `OptionError` for the first that cannot be used, with what was expected and an example.
 */
export async function parseOptions(
  command: Pick<Command, 'options'>,
  typed: Readonly<Record<string, string>>,
  { now, timeZone }: { readonly now: Date; readonly timeZone?: string | undefined },
): Promise<ParsedOptions> {
  const values: Record<string, unknown> = {};
  const missing: string[] = [];
  for (const [name, option] of Object.entries(command.options)) {
    const text = Object.hasOwn(typed, name) ? (typed[name] ?? '').trim() : '';
    if (option.type === 'pairs') values[name] = toPairs(name, text, command, typed);
    else if (text !== '') values[name] = await toValue(name, option, text, { now, timeZone });
    else if (option.type === 'flag') values[name] = option.optional ? undefined : false;
    else if (option.optional) values[name] = undefined;
    else missing.push(name);
  }
  // Each value has the type of its own option, which only the command's declaration knows.
  return { values: values as ParsedOptions['values'], missing };
}

async function toValue(
  name: string,
  option: Option,
  text: string,
  { now, timeZone }: { readonly now: Date; readonly timeZone?: string | undefined },
): Promise<Value> {
  switch (option.type) {
    case 'duration':
      return expected(parseDuration(text), { name, text, what: 'a length of time', example: option.example ?? '2h' });
    case 'moment':
      return expected(await parseMoment(text, now, timeZone), {
        name,
        text,
        what: 'a moment',
        example: option.example ?? 'tomorrow 9am',
      });
    case 'integer':
      return expected(toInteger(text), { name, text, what: 'a whole number', example: option.example ?? '10' });
    case 'flag':
      return expected(toFlag(text), { name, text, what: 'yes or no', example: `${name}=yes` });
    default:
      return option.choices ? toChoice(name, option.choices, text) : text;
  }
}

function expected<T extends Value>(
  value: T | undefined,
  {
    name,
    text,
    what,
    example,
  }: { readonly name: string; readonly text: string; readonly what: string; readonly example: string },
): T {
  if (value !== undefined) return value;
  throw new OptionError(name, `${quoted(text)} is not ${what} for \`${name}\`. Write it like \`${example}\`.`);
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
    `${quoted(text)} is not a choice for \`${name}\`. It can be ${all}.${didYouMean(text, choices)}`,
  );
}

/** Every `name=value` that is no option of its own; a form gives them as one text. */
function toPairs(
  name: string,
  text: string,
  { options }: Pick<Command, 'options'>,
  typed: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const pairs = new Map<string, string>();
  for (const word of tokenize(text)) {
    if (!word.name)
      throw new OptionError(name, `${quoted(word.raw)} is not a pair for \`${name}\`. Write it like \`name=value\`.`);
    pairs.set(word.name, word.text);
  }
  for (const [key, value] of Object.entries(typed))
    if (!Object.hasOwn(options, key) && value !== '') pairs.set(key, value.trim());
  return Object.fromEntries(pairs);
}
