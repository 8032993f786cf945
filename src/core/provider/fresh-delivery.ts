import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Delivery, Parsed } from '../delivery/delivery.ts';
import { parseDelivery } from '../delivery/parse-delivery.ts';
import { toEvents } from './name-batch.ts';
import type { Provider } from './provider.ts';
import type { Sample } from './sample.ts';
import type { Signature, SignatureContext } from './signature.ts';

export interface Freshening {
  readonly sample: Sample;
  readonly provider: Provider;
  /** The endpoint's newest secret; nothing where nothing is signed. */
  readonly secret: string | undefined;
  readonly context: SignatureContext;
  readonly now: Date;
}

/** A sample as its provider would deliver it now: under a new delivery id, dated now, signed for real. Throws `AppError` where only the sender can sign. */
export function toFreshDelivery({ sample, provider, secret, context, now }: Freshening): Delivery {
  const delivery = renamed(redated(toDelivery(sample, context, now), now), provider, context);
  return toSigned(delivery, provider.signature, { secret: secret ?? '', context });
}

/** A delivery that came once, as it could come again: dated now, and under other ids. `isNew` says whether it differs in what tells repeats. */
export function toRenewed(
  delivery: Delivery,
  provider: Provider,
  context: SignatureContext,
  now: Date,
): { readonly delivery: Delivery; readonly isNew: boolean } {
  const dated = redated(delivery, now);
  const { candidate, isNew } = withOtherIds(dated, provider, context);
  if (isNew) return { delivery: candidate, isNew };
  // Space means nothing in these two; the bytes of any other body are left as they were.
  const type = String(delivery.headers['content-type'] ?? '');
  if (!/\bjson\b|x-www-form-urlencoded/i.test(type)) return { delivery: candidate, isNew: false };
  return { delivery: padded(candidate), isNew: true };
}

/** A delivery with the proof that makes it genuine, wherever the scheme puts it. */
export function toSigned(
  delivery: Delivery,
  signature: Signature,
  { secret, context }: { readonly secret: string; readonly context: SignatureContext },
): Delivery {
  const body = signature.seal?.(parseDelivery(delivery), secret, context) ?? delivery.body;
  const sealed = { ...delivery, body };
  return { ...sealed, headers: { ...delivery.headers, ...signature.sign(parseDelivery(sealed), secret, context) } };
}

function toDelivery({ method, headers, body }: Sample, { url }: SignatureContext, now: Date): Delivery {
  const { pathname, search } = new URL(url);
  return { method, url: pathname + search, headers, query: {}, body, receivedAt: now, remoteAddress: '127.0.0.1' };
}

/** Makes a delivery that was never seen before: with other ids wherever the provider writes them, and another body where the body identifies it. */
function renamed(delivery: Delivery, provider: Provider, context: SignatureContext): Delivery {
  const { candidate, isNew } = withOtherIds(delivery, provider, context);
  return isNew ? candidate : padded(candidate);
}

/** The delivery with other ids, and whether those alone make it a new one. */
function withOtherIds(delivery: Delivery, provider: Provider, { options }: SignatureContext) {
  const idsOf = (candidate: Delivery) =>
    attempt(() =>
      toEvents(parseDelivery(candidate), provider).flatMap((event) => provider.deliveryId?.(event, options) ?? []),
    ) ?? [];
  const renewed = new Map(idsOf(delivery).map((id) => [id, similarId(id)]));
  const candidate = renewed.size > 0 ? withIds(delivery, renewed) : delivery;
  const isNew = renewed.size > 0 && !provider.identity && !idsOf(candidate).some((id) => renewed.has(id));
  return { candidate, isNew };
}

function padded(delivery: Delivery): Delivery {
  return { ...delivery, body: Buffer.concat([delivery.body, padding(parseDelivery(delivery))]) };
}

function withIds(delivery: Delivery, renewed: ReadonlyMap<string, string>): Delivery {
  const headers = Object.fromEntries(
    Object.entries(delivery.headers).map(([name, value]) => [name, renewed.get(String(value)) ?? value]),
  );
  return { ...delivery, headers, body: Buffer.from(replaceValues(delivery.body.toString(), renewed)) };
}

/** Replaces JSON values that are a whole string or number, all of them in one pass: a delivery may hold thousands. */
function replaceValues(text: string, renewed: ReadonlyMap<string, string>): string {
  const pieces = text.split('"');
  const strings = pieces.map((piece, index) =>
    index > 0 && index < pieces.length - 1 ? (renewed.get(piece) ?? piece) : piece,
  );
  return strings.join('"').replace(/(?<=[:,[]\s*)\d+(?=\s*[,}\]])/g, (number) => renewed.get(number) ?? number);
}

/** Another id of the same kind: a UUID, a number, or letters and digits behind the same prefix. */
function similarId(id: string): string {
  if (/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(id)) return randomUUID();
  if (/^\d+$/.test(id)) return String(randomInt(10 ** 11, 10 ** 12));
  return id.slice(0, id.lastIndexOf('_') + 1) + randomBytes(12).toString('hex');
}

/** Bytes without meaning that make an equal body different. */
function padding({ format }: Parsed): Buffer {
  if (format === 'form') return Buffer.from(`&test=${randomBytes(8).toString('hex')}`);
  if (format === 'binary' || format === 'empty') return Buffer.alloc(0);
  return Buffer.from(`\n${Array.from({ length: 48 }, () => ' \t'.charAt(randomInt(2))).join('')}\n`);
}

/** Some senders date what they sign, or identify a delivery by when it began: those dates become now, in their own unit. */
function redated(delivery: Delivery, now: Date): Delivery {
  if (parseDelivery(delivery).format !== 'json') return delivery;
  const text = delivery.body
    .toString()
    .replace(/("[a-z_]*timestamp"\s*:\s*)(\d{13}|\d{10})\b/gi, (_whole, key: string, date: string) =>
      date.length === 13 ? `${key}${now.getTime()}` : `${key}${Math.floor(now.getTime() / 1000)}`,
    )
    .replace(/("(?:starts|ends)At"\s*:\s*)"20\d\d-[^"]*"/g, (_whole, key: string) => `${key}"${now.toISOString()}"`);
  return { ...delivery, body: Buffer.from(text) };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
