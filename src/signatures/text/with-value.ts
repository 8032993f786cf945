import type { Delivery } from '../../core/delivery/delivery.ts';
import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import { toJson } from '../../core/delivery/to-json.ts';

/** A body of JSON, or of a form, with a value at a path: for proofs that stand in the body. */
export function withValue({ headers, body, ...delivery }: Delivery, path: string, value: string): Buffer {
  const { format, payload } = parseDelivery({ ...delivery, headers, body });
  const type = headers['content-type'];
  if (format === 'form' && typeof type === 'string' && type.includes('urlencoded')) {
    const form = new URLSearchParams(body.toString());
    form.set(path, value);
    return Buffer.from(form.toString());
  }
  return Buffer.from(toJson(put(payload, path.split('.'), value)));
}

function put(payload: unknown, [key, ...rest]: readonly string[], value: string): unknown {
  if (key === undefined) return value;
  if (Array.isArray(payload))
    return payload.map((item, index) => (String(index) === key ? put(item, rest, value) : item));
  const branch = typeof payload === 'object' && payload !== null ? (payload as Readonly<Record<string, unknown>>) : {};
  return { ...branch, [key]: put(branch[key] ?? (/^\d+$/.test(rest[0] ?? '') ? [{}] : undefined), rest, value) };
}
