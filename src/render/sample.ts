import { parseJson } from '../core/delivery/parse-json.ts';
import { toJson } from '../core/delivery/to-json.ts';
import type { Sample } from '../core/provider/sample.ts';

/**
 * Reads a sample's file: `{ "headers", "payload" }` for JSON, `{ "headers", "body" }` for any other text, and `method` where
 * it is not POST. Throws an `Error` that names the sample.
 */
export function parseSample(text: string, { provider, type }: Pick<Sample, 'provider' | 'type'>): Sample {
  const outcome = parseJson(text);
  if (!outcome.ok) throw new Error(`The sample \`${provider}/${type}\` cannot be read. ${outcome.problem}`);
  const file = outcome.payload;
  if (!isRecord(file) || !('payload' in file || typeof file.body === 'string')) {
    throw new Error(`The sample \`${provider}/${type}\` has neither a payload nor a body.`);
  }
  const json = 'payload' in file;
  const headers = isRecord(file.headers) ? file.headers : {};
  const named = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), String(value)]);
  return {
    provider,
    type,
    method: typeof file.method === 'string' ? file.method : 'POST',
    headers: { ...(json && { 'content-type': 'application/json' }), ...Object.fromEntries(named) },
    body: Buffer.from(json ? toJson(file.payload) : String(file.body)),
  };
}

const PARTS = ['headers', 'payload', 'body', 'method'];

/** Whether a text is a sample's file, and not a payload as its provider sends it. */
export function isSampleFile(text: string): boolean {
  const outcome = parseJson(text);
  if (!outcome.ok || !isRecord(outcome.payload)) return false;
  const names = Object.keys(outcome.payload);
  return (names.includes('payload') || names.includes('body')) && names.every((name) => PARTS.includes(name));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
