import { badRequest } from './errors.ts';
import { quoted } from './inline-code.ts';

/** One word of a command line. */
export interface Word {
  /** What it says, without quotes and escapes; of `name=value` the value. */
  readonly text: string;
  /** The name before `=`, in lower case. */
  readonly name?: string;
  /** Whether it begins with a quote, and so can be nothing but text. */
  readonly quoted: boolean;
  /** As it was typed. */
  readonly raw: string;
}

export const TEXT_LIMIT = 20_000;

// Phones and office programs turn straight quotes into these.
const DOUBLE = '"“”„‟';
const SINGLE = "'‘’‚";
const NAME = /[a-z][a-z0-9_-]*=/iy;
const SPACE = /\s/;

/** Splits a line into words. Quotes of every kind hold words together; a backslash takes a quote, a space or itself literally. */
export function tokenize(line: string): readonly Word[] {
  if (line.length > TEXT_LIMIT)
    throw badRequest(`This command has ${line.length} characters; ${TEXT_LIMIT} are allowed.`);
  const words: Word[] = [];
  for (let at = 0; at < line.length; ) {
    if (isSpace(line[at])) {
      at++;
      continue;
    }
    const { word, end } = readWord(line, at);
    words.push(word);
    at = end;
  }
  return words;
}

function readWord(line: string, start: number): { readonly word: Word; readonly end: number } {
  NAME.lastIndex = start;
  const name = NAME.exec(line)?.[0];
  const from = start + (name?.length ?? 0);
  const opening = line[from] ?? '';
  const closers = [DOUBLE, SINGLE].find((quotes) => opening !== '' && quotes.includes(opening));
  const { text, end } = closers ? readQuoted(line, from, closers) : readPlain(line, from);
  return {
    word: {
      text,
      quoted: Boolean(closers) && !name,
      raw: line.slice(start, end),
      ...(name && { name: name.slice(0, -1).toLowerCase() }),
    },
    end,
  };
}

function readPlain(line: string, from: number): { readonly text: string; readonly end: number } {
  let text = '';
  let at = from;
  for (; at < line.length && !isSpace(line[at]); at++) {
    if (line[at] === '\\' && isEscapable(line[at + 1])) at++;
    text += line[at] ?? '';
  }
  return { text, end: at };
}

function readQuoted(line: string, from: number, closers: string): { readonly text: string; readonly end: number } {
  let text = '';
  for (let at = from + 1; at < line.length; at++) {
    const next = line[at + 1];
    // The apostrophe of `'it's late'` closes nothing.
    if (closers.includes(line[at] ?? '') && (closers === DOUBLE || next === undefined || isSpace(next))) {
      const rest = readPlain(line, at + 1);
      return { text: text + rest.text, end: rest.end };
    }
    if (line[at] === '\\' && isEscapable(next)) at++;
    text += line[at] ?? '';
  }
  throw badRequest(
    `The quote that opens at character ${from + 1}, before ${quoted(line.slice(from + 1, from + 21))}, is never closed. Close it, or put a backslash before it.`,
  );
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && SPACE.test(character);
}

function isEscapable(character: string | undefined): boolean {
  return (
    character !== undefined &&
    (character === '\\' ||
      character === '=' ||
      DOUBLE.includes(character) ||
      SINGLE.includes(character) ||
      isSpace(character))
  );
}

/** A value as it would be typed. `bare` says whether it could stand there without quotes. */
export function quoteWord(value: string, bare = true): string {
  if (
    bare &&
    value !== '' &&
    ![...value].some((character) => character === '\\' || isSpace(character) || isQuote(character))
  )
    return value;
  return `"${[...value].map((character) => (character === '\\' || DOUBLE.includes(character) ? `\\${character}` : character)).join('')}"`;
}

function isQuote(character: string): boolean {
  return DOUBLE.includes(character) || SINGLE.includes(character);
}
