import { parseJson } from './parse-json.ts';
import type { ParseOutcome } from './parse-outcome.ts';

const ITEM_LIMIT = 10_000;
/** RFC 7464 has one before each item. */
const RECORD_SEPARATOR = '\u001e';

/** Parses JSON, or objects that follow one another without being a list, as senders of batches write them. */
export function parseJsonBody(text: string): ParseOutcome {
  const whole = parseJson(text);
  if (whole.ok) return whole;
  const pieces = splitObjects(text);
  if (pieces.length < 2) return whole;
  const list = parseAll(pieces);
  return list.ok ? list : whole;
}

/** Parses a JSON value a line: as a list, or as the value itself where there is one only. */
export function parseJsonLines(text: string): ParseOutcome {
  const lines = text
    .replaceAll(RECORD_SEPARATOR, '\n')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const list = parseAll(lines);
  if (list.ok) return lines.length === 1 ? { ...list, payload: (list.payload as unknown[])[0] } : list;
  const loose = parseJsonBody(text);
  return loose.ok ? loose : list;
}

function parseAll(pieces: readonly string[]): ParseOutcome {
  const payload: unknown[] = [];
  for (const [index, piece] of pieces.slice(0, ITEM_LIMIT).entries()) {
    const outcome = parseJson(piece);
    if (!outcome.ok) return { ok: false, problem: `Item ${index + 1} of the body is not valid JSON.` };
    payload.push(outcome.payload);
  }
  const cut = pieces.length > ITEM_LIMIT;
  return {
    ok: true,
    payload,
    ...(cut && { problem: `The body has more than ${ITEM_LIMIT} items; the rest is left out.` }),
  };
}

/** The objects that a text is made of; none when anything but space stands between them. */
function splitObjects(text: string): readonly string[] {
  const pieces: string[] = [];
  let [depth, start] = [0, 0];
  for (let index = 0; index < text.length && pieces.length <= ITEM_LIMIT; index++) {
    const character = text[index];
    if (depth === 0 && character !== '{' && !/\s/.test(character ?? '')) return [];
    if (character === '"') {
      for (index++; index < text.length && text[index] !== '"'; index++) if (text[index] === '\\') index++;
    } else if (character === '{') {
      if (depth++ === 0) start = index;
    } else if (character === '}' && --depth === 0) {
      pieces.push(text.slice(start, index + 1));
    }
  }
  return depth === 0 ? pieces : [];
}
