import { nestFields } from './nest-fields.ts';
import { parseJson } from './parse-json.ts';
import type { ParseOutcome } from './parse-outcome.ts';

const FIELD_LIMIT = 1000;

/** Parses a URL-encoded form. */
export function parseForm(text: string): ParseOutcome {
  const end = endOfFields(text);
  const cut = end < text.length;
  return fromFields(new URLSearchParams(text.slice(0, end)), cut ? tooManyFields : undefined);
}

export const tooManyFields = `The form has more than ${FIELD_LIMIT} fields; the rest is left out.`;

/** The fields as an object; or what a field `payload`, `payload_json` or `json` holds, where it holds a JSON object or array. */
export function fromFields(fields: Iterable<readonly [string, string]>, problem?: string): ParseOutcome {
  const form = nestFields(fields);
  const json = [form.payload, form.payload_json, form.json].find(
    (value) => typeof value === 'string' && /^\s*[{[]/.test(value),
  );
  if (typeof json !== 'string') return { ok: true, payload: form, problem };
  const inner = parseJson(json);
  if (inner.ok) return { ok: true, payload: inner.payload, problem };
  return { ok: true, payload: form, problem: `A form field looks like JSON but is not valid. ${inner.problem}` };
}

function endOfFields(text: string): number {
  let end = -1;
  for (let count = 0; count < FIELD_LIMIT; count++) {
    end = text.indexOf('&', end + 1);
    if (end < 0) return text.length;
  }
  return end;
}
