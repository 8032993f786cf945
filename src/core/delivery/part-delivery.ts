import type { Delivery, Parsed } from './delivery.ts';
import { takePart } from './take-part.ts';
import { toJson } from './to-json.ts';

/** Headers and body of a delivery that holds one event of a batch. */
export type PartDelivery = Pick<Delivery, 'headers' | 'body'>;

const FORM = 'application/x-www-form-urlencoded';

/** What one event of a batch would be sent as. */
export interface PartBody {
  readonly contentType: string;
  readonly body: Buffer;
}

/** One event of a batch, by its place, as its sender would deliver it alone. It has the batch's headers, but for the kind of its body. */
export function toPartDelivery(batch: Parsed, place: string): PartDelivery {
  return withPart(batch, toPartBody(batch, takePart(batch.payload, place)));
}

/** The same where its body is known. */
export function withPart({ headers }: Pick<Delivery, 'headers'>, { contentType, body }: PartBody): PartDelivery {
  return { headers: { ...headers, 'content-type': contentType }, body };
}

/** The body of a delivery with one event of a batch, by what its payload would be. */
export function toPartBody({ format, body }: Pick<Parsed, 'format' | 'body'>, part: unknown): PartBody {
  if (format === 'form' && isFlat(part))
    return { contentType: FORM, body: Buffer.from(String(new URLSearchParams(part))) };
  // Only what is a list there is a list here: of lines that follow one another one is left.
  const alone = Array.isArray(part) && part.length === 1 && !isList(body) ? part[0] : part;
  return { contentType: 'application/json; charset=utf-8', body: Buffer.from(toJson(alone)) };
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
  // After a byte order mark, in whatever encoding.
  return /^[\u00EF\u00BB\u00BF\u00FE\u00FF\0\s]*\[/.test(body.toString('latin1', 0, 100));
}
