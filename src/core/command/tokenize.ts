import { badRequest } from '../errors.ts';

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

// Phones and office programs turn straight quotes into others, and every language has its own.
const DOUBLE = '"“”„‟«»＂「」『』〝〞〟';
const SINGLE = "'‘’‚‛‹›＇`´";
/** What closes a quote, where the line has it. A quote that lacks its partner is closed by any of its kind. */
const PARTNERS: Readonly<Record<string, string>> = {
  '“': '”',
  '„': '“”',
  '‟': '”',
  '«': '»',
  '»': '«»',
  '「': '」',
  '『': '』',
  '〝': '〞〟',
  '‘': '’',
  '‚': '‘’',
  '‛': '’',
  '‹': '›',
  '›': '‹›',
};
const APOSTROPHES = "'’‛＇´";
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
  const isQuoted = isQuote(opening);
  const { text, end } = isQuoted ? readQuoted(line, from, opening) : readPlain(line, from);
  return {
    word: {
      text,
      quoted: isQuoted && !name,
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

function readQuoted(line: string, from: number, opening: string): { readonly text: string; readonly end: number } {
  const kind = DOUBLE.includes(opening) ? DOUBLE : SINGLE;
  const close = closeOf(line, from, PARTNERS[opening] ?? opening) ?? closeOf(line, from, kind);
  if (close === undefined)
    throw badRequest(
      // What follows may be a secret, so the place is named by its number alone.
      `The quote that opens at character ${from + 1} is never closed. Close it, or put a backslash before it.`,
    );
  let text = '';
  for (let at = from + 1; at < close; at++) {
    if (line[at] === '\\' && isEscapable(line[at + 1])) at++;
    text += line[at] ?? '';
  }
  const rest = readPlain(line, close + 1);
  return { text: text + rest.text, end: rest.end };
}

/** Where a quote is closed by one of the closers. */
function closeOf(line: string, from: number, closers: string): number | undefined {
  for (let at = from + 1; at < line.length; at++) {
    const [character = '', next] = [line[at], line[at + 1]];
    if (character === '\\' && isEscapable(next)) at++;
    // The apostrophe of `'it's late'` closes nothing.
    else if (closers.includes(character) && (!APOSTROPHES.includes(character) || next === undefined || isSpace(next)))
      return at;
  }
  return undefined;
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && SPACE.test(character);
}

function isEscapable(character: string | undefined): boolean {
  return (
    character !== undefined && (character === '\\' || character === '=' || isQuote(character) || isSpace(character))
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
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function isQuote(character: string): boolean {
  return character !== '' && (DOUBLE.includes(character) || SINGLE.includes(character));
}
