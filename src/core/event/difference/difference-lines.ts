import { toJson } from '../../delivery/to-json.ts';
import { cutText } from '../../text/cut-text.ts';
import { type Difference, kindOf } from '../../text/value-diff.ts';

const LIMIT = 100;
/** Characters before the first that differs, where a text is long. */
const AROUND = 20;

/** A difference on one line of plain text: `~ action: "opened" → "closed"`, `- draft: false`, `+ merged_by: {3 fields}`. */
export function differenceLine({ path, kind, before, after }: Difference): string {
  const name = path || 'all of it';
  if (kind === 'removed') return `- ${name}: ${shorten(before)}`;
  if (kind === 'added') return `+ ${name}: ${shorten(after)}`;
  if (kind === 'retyped') return `! ${name}: ${kindOf(before)} ${shorten(before)} → ${kindOf(after)} ${shorten(after)}`;
  const [was, is] =
    typeof before === 'string' && typeof after === 'string' ? fromDifference(before, after) : [before, after];
  return `~ ${name}: ${shorten(was)} → ${shorten(is)}`;
}

/** A value as JSON on one line; of what holds many, how many. */
function shorten(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : (whole(value) ?? `[${value.length} items]`);
  if (typeof value === 'object' && value !== null) {
    const fields = Object.keys(value).length;
    return whole(value) ?? `{${fields} field${fields === 1 ? '' : 's'}}`;
  }
  return cutText(toJson(value), LIMIT);
}

function whole(value: object): string | undefined {
  // A large value is not written out only to be measured.
  if (Object.keys(value).length > LIMIT / 5) return undefined;
  const text = toJson(value);
  return text.length <= LIMIT ? text : undefined;
}

/** Long texts from just before the place where they differ. */
function fromDifference(before: string, after: string): readonly [string, string] {
  if (before.length <= LIMIT && after.length <= LIMIT) return [before, after];
  let at = 0;
  while (at < before.length && before[at] === after[at]) at++;
  const from = Math.max(0, at - AROUND);
  const cut = (text: string) => (from > 0 ? `…${text.slice(from).toWellFormed()}` : text);
  return [cut(before), cut(after)];
}
