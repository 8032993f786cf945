import type { Delivery } from '../core/delivery/delivery.ts';
import type { Signature } from '../core/provider/signature.ts';
import { type InHeadersOptions, inHeaders } from './carriers/in-headers.ts';
import type { DigestForm } from './digest.ts';
import type { KeyForm } from './keys/secret-keys.ts';
import { mac } from './mac.ts';
import type { Part } from './text/parts.ts';

export interface HmacOptions extends Partial<DigestForm>, InHeadersOptions {
  /** The bytes that are signed, where they are not the whole body; nothing when the body does not hold them. */
  readonly content?: (delivery: Delivery) => Buffer | undefined;
  /** What is signed, in order; the raw body when left out. */
  readonly signed?: readonly Part[];
  readonly key?: KeyForm;
}

/** A keyed hash of the raw body, carried in a header. It signs no time. */
export function hmac({ algorithm, encoding, content, signed, key, ...carrying }: HmacOptions): Signature {
  const parts = content ? [{ covers: 'body' as const, read: content }] : signed;
  return mac({
    carrier: inHeaders(carrying),
    ...(algorithm && { algorithm }),
    ...(encoding && { encoding }),
    ...(parts && { signed: parts }),
    ...(key && { key }),
  });
}
