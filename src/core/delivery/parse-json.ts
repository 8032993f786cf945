import { visit } from 'jsonc-parser';
import secureJson from 'secure-json-parse';
import type { ParseOutcome } from './parse-outcome.ts';

const DEPTH_LIMIT = 100;
const LOCATED = 65_536;

/** Parses JSON of at most 100 levels, and leaves out keys that name prototypes. */
export function parseJson(text: string): ParseOutcome {
  if (deeperThan(text, DEPTH_LIMIT))
    return { ok: false, problem: `The JSON is nested deeper than ${DEPTH_LIMIT} levels.` };
  try {
    return { ok: true, payload: secureJson.parse(text, { protoAction: 'remove', constructorAction: 'remove' }) };
  } catch {
    return { ok: false, problem: `The body is not valid JSON${locate(text)}.` };
  }
}

/** Counts brackets outside strings: the parser itself would only notice when its stack is full. */
function deeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') {
      for (index++; index < text.length && text[index] !== '"'; index++) if (text[index] === '\\') index++;
    } else if (character === '{' || character === '[') {
      if (++depth > limit) return true;
    } else if (character === '}' || character === ']') {
      depth--;
    }
  }
  return false;
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
