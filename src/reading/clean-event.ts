import { charsetOf } from '../core/delivery/decode-body.ts';
import type { Headers, Parsed } from '../core/delivery/delivery.ts';
import { parseDelivery } from '../core/delivery/parse-delivery.ts';
import { toJson } from '../core/delivery/to-json.ts';
import type { HookEvent } from '../core/event/event.ts';
import type { SecretMask } from '../core/settings/secret-mask.ts';

/** An event as it may be shown: headers, query, bytes and payload without our own secrets. `also` is applied to the payload besides. */
export function cleanEvent<Known extends HookEvent>(
  event: Known,
  mask: SecretMask,
  also: (payload: unknown) => unknown = (payload) => payload,
): Known & Parsed {
  const clean = {
    ...event,
    url: '',
    headers: cleanValues(event.headers, mask),
    query: cleanValues(event.query, mask),
    body: mask.bytes(event.body),
  };
  if (!hasEscapes(clean)) return parseDelivery(clean, also);
  const { payload } = parseDelivery(clean);
  const shown = mask.payload(payload);
  // Bytes in which a secret is written with escapes cannot be shown as they came.
  return parseDelivery(shown === payload ? clean : { ...clean, body: Buffer.from(toJson(shown)) }, () => also(shown));
}

/** Whether a secret could stand in the body that shows only once it is parsed. */
function hasEscapes({ headers, body }: HookEvent): boolean {
  if (/form/i.test(String(headers['content-type'])) || /utf-?16/i.test(charsetOf({ headers, body }))) return true;
  const isJson = /^\s*[{[]/.test(body.toString('latin1', 0, 10));
  return isJson ? body.includes('\\u00') || body.includes('\\/') : body.includes('%');
}

function cleanValues<Values extends Headers>(values: Values, mask: SecretMask): Values {
  return mask.payload(values) as Values; // Texts stay texts.
}
