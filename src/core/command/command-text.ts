import { AppError, OptionError } from '../errors.ts';
import { repeated } from '../message/markdown/typed-word.ts';
import { parseDuration } from '../text/duration.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import type { Command, Option } from './command.ts';
import { quoteWord, tokenize, type Word } from './tokenize.ts';

/** A command by its own name, with each option as it was typed. */
export interface TypedCommand {
  readonly name: string;
  readonly command: Command;
  readonly options: Readonly<Record<string, string>>;
}

export const PREFIX = '/webhook';

/** `#ops`, `discord:#ops` and what Slack and Discord make of a channel's name. */
const CHANNEL = /^(?:[a-z]+:)?(?:#|<#)/i;

/** Reads a line such as `/webhook mute api-alerts source=acme/api for 2h`. An empty line is `help`. Throws `AppError`. */
export function parseText(line: string, commands: ReadonlyMap<string, Command>): TypedCommand {
  const words = tokenize(line);
  // People type the word alone where a chat would take a slash for a command of its own.
  const rest = [PREFIX, PREFIX.slice(1)].includes(words[0]?.raw.toLowerCase() ?? '') ? words.slice(1) : words;
  const typed = rest[0]?.raw ?? 'help';
  if (typed.startsWith('/')) checkPrefix(typed, rest[1]?.raw, commands);
  const joined = twoWordName(rest, commands);
  const { name, command } = findCommand(joined ?? typed, commands);
  const meant = shortcutOf(command, typed) ?? {};
  return { name, command, options: { ...readOptions(name, command, rest.slice(joined ? 2 : 1)), ...meant } };
}

/** A command of two words may be typed as two: `why not` is `why-not`. */
function twoWordName([first, second]: readonly Word[], commands: ReadonlyMap<string, Command>): string | undefined {
  const name = first && second && !second.quoted ? `${first.raw}-${second.raw}`.toLowerCase() : '';
  return commands.has(name) ? name : undefined;
}

/** The command of a name or an alias. Throws `AppError` with the nearest one when there is none. */
export function findCommand(typed: string, commands: ReadonlyMap<string, Command>): Omit<TypedCommand, 'options'> {
  const word = typed.toLowerCase();
  for (const [name, command] of commands)
    if (name === word || command.aliases?.includes(word) || shortcutOf(command, word)) return { name, command };
  throw unknownCommand(typed, namesOf(commands), didYouMean(word, namesOf(commands)));
}

function shortcutOf({ shortcuts = {} }: Command, typed: string): Readonly<Record<string, string>> | undefined {
  const word = typed.toLowerCase();
  return Object.hasOwn(shortcuts, word) ? shortcuts[word] : undefined;
}

/** Throws when somebody slipped in `/webhook` itself, or left it out where it is needed. */
function checkPrefix(typed: string, next: string | undefined, commands: ReadonlyMap<string, Command>): void {
  const meant = nearest(typed, [PREFIX]) ? next : typed.slice(1);
  const known = [PREFIX, ...namesOf(commands).map((name) => `/${name}`)];
  if (meant === undefined) throw unknownCommand(typed, known, ` Did you mean \`${PREFIX}\`?`);
  const hint = didYouMean(meant, namesOf(commands), (name) => `\`${PREFIX} ${name}\``);
  throw unknownCommand(typed, known, hint);
}

function namesOf(commands: ReadonlyMap<string, Command>): readonly string[] {
  return [...commands].flatMap(([name, { aliases = [], shortcuts = {} }]) => [
    name,
    ...aliases,
    ...Object.keys(shortcuts),
  ]);
}

function unknownCommand(typed: string, known: readonly string[], hint: string): AppError {
  return new AppError(
    404,
    'unknown_command',
    `${repeated(typed, { known, otherwise: 'This' })} is not a command.${hint || ` \`${PREFIX} help\` lists them all.`}`,
  );
}

/** The line that somebody would type: `parseText` reads the same options from it. Empty values are left out. */
export function toText(
  name: string,
  command: Pick<Command, 'options'>,
  options: Readonly<Record<string, string>>,
): string {
  const words = [PREFIX, name];
  const given = new Map(Object.entries(options).filter(([, value]) => value !== ''));
  const reserved = reservedWords(command);
  const inPlace = (value: string) =>
    quoteWord(value, !reserved.has(value.toLowerCase()) && !/^[a-z][a-z0-9_-]*=/i.test(value));
  let positional = true;
  for (const [option, { positional: first }] of Object.entries(command.options)) {
    const value = given.get(option);
    if (!first || command.options[option]?.keyword) continue;
    if (value === undefined) positional = false;
    else if (positional) {
      words.push(inPlace(value));
      given.delete(option);
    }
  }
  const declared = Object.keys(command.options).filter((option) => given.has(option));
  for (const option of [...declared, ...[...given.keys()].filter((key) => !declared.includes(key))]) {
    const value = given.get(option) ?? '';
    const { keyword, type } = command.options[option] ?? {};
    if (type === 'flag' && value === 'true') words.push(option);
    else if (keyword) words.push(keyword, inPlace(value));
    else words.push(`${option}=${quoteWord(value)}`);
  }
  return words.join(' ');
}

/** Options that came by name, under the names they are declared with. Throws `OptionError` for one that the command does not have. */
export function checkNames(
  name: string,
  command: Command,
  options: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(options).map(([option, value]) => [declaredName(name, command, option), value]),
  );
}

/** Words that mean something by themselves. */
function reservedWords({ options }: Pick<Command, 'options'>): ReadonlyMap<string, string> {
  const reserved = new Map<string, string>();
  for (const [name, { keyword, type }] of Object.entries(options)) {
    if (keyword) reserved.set(keyword, name);
    if (type === 'flag') reserved.set(name, name);
  }
  return reserved;
}

function readOptions(name: string, command: Command, words: readonly Word[]): Readonly<Record<string, string>> {
  const reserved = reservedWords(command);
  const isPlain = (word: Word | undefined) =>
    word !== undefined && word.name === undefined && (word.quoted || !reserved.has(word.text.toLowerCase()));
  const found = new Map<string, string>();
  const unnamed = Object.keys(command.options).filter((option) => command.options[option]?.positional);
  const set = (option: string, value: string) => {
    if (found.has(option)) throw new OptionError(option, `\`${option}\` is given twice. Give it once.`);
    if (value !== '') found.set(option, value);
  };

  for (let at = 0; at < words.length; ) {
    const word = words[at];
    if (!word) break;
    const compared = toComparison(word, command);
    if (compared) {
      set(compared.option, compared.value);
      at++;
      continue;
    }
    if (word.name !== undefined) {
      const option = declaredName(name, command, word.name);
      // `digest=daily 9:00`: the words after it can only be meant for it.
      const more = command.options[option]?.rest && !isQuotedValue(word) ? plainRun(words, at + 1, isPlain) : 0;
      set(option, textOf(words.slice(at, at + 1 + more)));
      at += 1 + more;
      continue;
    }
    if (isPlain(word)) {
      const option = placeOf(
        word,
        unnamed.filter((candidate) => !found.has(candidate) && !isNamedIn(words, command.options[candidate])),
        command,
      );
      if (!option) throw tooMany(name, command, word);
      const count = command.options[option]?.rest ? plainRun(words, at, isPlain) : 1;
      set(option, textOf(words.slice(at, at + count)));
      at += count;
      continue;
    }
    const option = reserved.get(word.text.toLowerCase()) ?? '';
    const description = command.options[option];
    if (description?.type === 'flag') {
      set(option, 'true');
      at++;
      continue;
    }
    const count = description ? valueLength(words, at + 1, description, isPlain) : 0;
    if (!count) throw new OptionError(option, `\`${word.text}\` needs a value${exampleOf(description)}.`);
    set(option, textOf(words.slice(at + 1, at + 1 + count)));
    at += 1 + count;
  }
  return Object.fromEntries(found);
}

/** The option that a word without a name is for: the first that is free, and for a channel the first that is a channel. */
function placeOf(
  { text }: Pick<Word, 'text'>,
  free: readonly string[],
  { options }: Pick<Command, 'options'>,
): string | undefined {
  const [first, second] = free.map((option) => options[option]);
  // `owner api-alerts`: what is to be done may be left out before the thing it is done to, though not by a slip of the keyboard.
  const isThing = second?.complete === 'endpoint' || second?.complete === 'template';
  const isLeftOut = first?.optional && first.choices && isThing && !nearest(text, first.choices);
  if (isLeftOut) return placeOf({ text }, free.slice(1), { options });
  const channel = CHANNEL.test(text) ? free.find((option) => options[option]?.type === 'channel') : undefined;
  const skipped = channel === undefined ? [] : free.slice(0, free.indexOf(channel));
  return skipped.every((option) => options[option]?.optional) ? (channel ?? free[0]) : free[0];
}

/** Whether a line gives an option by its keyword, as in `new github api-alerts in #ops`. */
function isNamedIn(words: readonly Word[], option: Option | undefined): boolean {
  return words.some(
    ({ text, name, quoted }) => !quoted && name === undefined && text.toLowerCase() === option?.keyword,
  );
}

/** Whether all that was given as a value stands in quotes. */
function isQuotedValue({ raw, text }: Word): boolean {
  return raw.length > raw.indexOf('=') + 1 + text.length;
}

/** `severity>=warning`, of a command with an option `severity`: its value is `>=warning`. */
function toComparison(
  { text, name, quoted }: Word,
  { options }: Command,
): { readonly option: string; readonly value: string } | undefined {
  const [, option = ''] = (name === undefined && !quoted && /^([a-z][a-z0-9_-]*)(?:!=|>=|<=)./i.exec(text)) || [];
  const declared = option.toLowerCase();
  return Object.hasOwn(options, declared) ? { option: declared, value: text.slice(option.length) } : undefined;
}

/** How many words after a keyword belong to it. */
function valueLength(
  words: readonly Word[],
  from: number,
  { type, rest }: Option,
  isPlain: (word: Word | undefined) => boolean,
): number {
  const run = plainRun(words, from, isPlain);
  if (words[from]?.quoted) return 1;
  if (rest || type === 'moment') return run;
  if (type !== 'duration') return Math.min(run, 1);
  for (let count = Math.min(run, 6); count > 1; count--)
    if (parseDuration(textOf(words.slice(from, from + count))) !== undefined) return count;
  return Math.min(run, 1);
}

function plainRun(words: readonly Word[], from: number, isPlain: (word: Word | undefined) => boolean): number {
  let end = from;
  while (isPlain(words[end])) end++;
  return end - from;
}

function textOf(words: readonly Word[]): string {
  return words.map(({ text }) => text).join(' ');
}

function declaredName(name: string, { options }: Command, typed: string): string {
  if (Object.hasOwn(options, typed)) return typed;
  const byKeyword = Object.keys(options).find((option) => options[option]?.keyword === typed);
  if (byKeyword) return byKeyword;
  if (Object.values(options).some(({ type }) => type === 'pairs')) return typed;
  const known = Object.keys(options);
  const hint =
    didYouMean(typed, known) || ` \`${PREFIX} help ${name}\` lists its options; text that holds \`=\` goes in quotes.`;
  const what = repeated(typed, { known, otherwise: UNNAMED });
  const message = `${what} is not an option of \`${name}\`.${hint}`;
  // What is not repeated in words is not repeated to a program either.
  if (what === UNNAMED) throw new AppError(400, 'unknown_option', message);
  throw new OptionError(typed, message, { code: 'unknown_option' });
}

const UNNAMED = 'The word before one of the `=`';

function tooMany(name: string, { examples }: Command, word: Word): AppError {
  return new AppError(
    400,
    'too_many_words',
    `${repeated(word.text, { otherwise: 'This' })} is one word too many for \`${name}\`. Text of several words goes in quotes${examples[0] ? `, and \`${examples[0]}\` is an example` : ''}.`,
  );
}

function exampleOf(option: Option | undefined): string {
  return option?.example ? `, such as \`${option.example}\`` : '';
}
