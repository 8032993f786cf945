import { randomBytes } from 'node:crypto';
import { visit } from 'jsonc-parser';
import secureJson from 'secure-json-parse';
import type { ParseOutcome } from './parse-outcome.ts';
import { scanJson } from './scan-json.ts';

const LOCATED = 65_536;
/** Stands before the digits of a long integer while it is parsed as a string. No text from outside can hold it. */
const MARK = `${randomBytes(9).toString('base64url')}:`;
/** Longer numbers are kept as text: nobody counts with them. */
const DIGITS_LIMIT = 100;

/**
 * Parses JSON of at most 100 levels, and leaves out keys that name prototypes. Integers that a number would round are
 * bigints. Of a text with more names or branches than anybody reads, the beginning is read and the problem says so.
 */
export function parseJson(text: string): ParseOutcome {
  const { tooDeep, longIntegers, stop } = scanJson(text);
  if (tooDeep) return { ok: false, problem: 'The JSON is nested deeper than 100 levels.' };
  const read = stop ? text.slice(0, stop.at) : text;
  const marked = longIntegers.length ? withMarks(read, longIntegers) : read;
  try {
    const payload = parseSafely(stop ? marked + stop.closing : marked);
    return {
      ok: true,
      payload: longIntegers.length ? withIntegers(payload) : payload,
      ...(stop && { problem: `The JSON has more than ${stop.excess}; the rest is left out.` }),
    };
  } catch {
    return { ok: false, problem: `The body is not valid JSON${locate(text)}.` };
  }
}

/** Most texts hold no name of a prototype, however it is spelled: looking for that costs less than having it removed. */
function parseSafely(text: string): unknown {
  const isPlain = !text.includes('__proto__') && !text.includes('constructor') && !text.includes('\\u00');
  if (isPlain) return JSON.parse(text);
  return secureJson.parse(text, { protoAction: 'remove', constructorAction: 'remove' });
}

function withMarks(text: string, places: readonly number[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (let index = 0; index < places.length; index += 2) {
    const [start = 0, end = 0] = [places[index], places[index + 1]];
    pieces.push(text.slice(done, start), MARK + text.slice(start, end));
    done = end;
  }
  return [...pieces, text.slice(done)].join('"');
}

/** Puts the integers where their marks are. A reviver would do the same, twenty times slower. */
function withIntegers(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith(MARK) ? toInteger(value.slice(MARK.length)) : value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      if (isAffected(value[index])) value[index] = withIntegers(value[index]);
  } else if (typeof value === 'object' && value !== null) {
    const branch = value as Record<string, unknown>;
    for (const name in branch) if (isAffected(branch[name])) branch[name] = withIntegers(branch[name]);
  }
  return value;
}

function isAffected(value: unknown): boolean {
  return typeof value === 'object' || (typeof value === 'string' && value.startsWith(MARK));
}

function toInteger(digits: string): bigint | string {
  return digits.length > DIGITS_LIMIT ? digits : BigInt(digits);
}

function locate(text: string): string {
  const start = text.slice(0, LOCATED);
  let place: string | undefined;
  const onError = (_error: number, offset: number, length: number, line: number, column: number) => {
    const cutOff = start.length < text.length && offset + length >= start.length;
    place ??= cutOff ? undefined : `: look at line ${line + 1}, column ${column + 1}`;
  };
  visit(start, { onError }, { disallowComments: true });
  return place ?? ' somewhere after its first 64 KB';
}
