import type { Delivery, Headers, Parsed } from './delivery.ts';
import { takePart } from './take-part.ts';
import { toJson } from './to-json.ts';

/** Headers and body of a delivery that holds one event of a batch. */
export type PartDelivery = Pick<Delivery, 'headers' | 'body'>;

const FORM = 'application/x-www-form-urlencoded';

/** One event of a batch, by its place, as its sender would deliver it alone. It has the batch's headers, but for the kind of its body. */
export function toPartDelivery({ headers, format, payload, body }: Parsed, place: string): PartDelivery {
  const part = takePart(payload, place);
  const kind = (value: string): Headers => ({ ...headers, 'content-type': value });
  if (format === 'form' && isFlat(part))
    return { headers: kind(FORM), body: Buffer.from(String(new URLSearchParams(part))) };
  // Only what is a list there is a list here: of lines that follow one another one is left.
  const alone = Array.isArray(part) && part.length === 1 && !isList(body) ? part[0] : part;
  return { headers: kind('application/json; charset=utf-8'), body: Buffer.from(toJson(alone)) };
}

function isFlat(payload: unknown): payload is Record<string, string> {
  return (
    typeof payload === 'object' &&
    payload !== null &&
    !Array.isArray(payload) &&
    Object.values(payload).every((value) => typeof value === 'string')
  );
}

function isList(body: Buffer): boolean {
  return /^(?:\u00EF\u00BB\u00BF)?\s*\[/.test(body.toString('latin1', 0, 100));
}
