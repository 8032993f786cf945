import type { Delivery } from '../core/delivery/delivery.ts';
import { refused, type Signature } from '../core/provider/signature.ts';
import { type DigestForm, decodeDigest, describeDigest, keyedHash } from './digest.ts';
import { matchingSecret } from './matching-secret.ts';
import { readHeader } from './read-header.ts';
import { safeEqual } from './safe-equal.ts';

export interface HmacOptions extends Partial<DigestForm> {
  /** In lower case. Of several, the first that is there counts. */
  readonly header: string | readonly [string, ...string[]];
  /** Must be there, and is not part of the hash. */
  readonly prefix?: string;
  /** Whether the header may list several signatures, parted by commas, of which one must match. */
  readonly list?: true;
  /** The bytes that are signed, where they are not the whole body; nothing when the body does not hold them. */
  readonly content?: (delivery: Delivery) => Buffer | undefined;
}

/** A keyed hash of the raw body, carried in one header. It signs no time. */
export function hmac({
  header,
  prefix = '',
  list,
  algorithm = 'sha256',
  encoding = 'hex',
  content = ({ body }) => body,
}: HmacOptions): Signature {
  const form = { algorithm, encoding };
  const names = typeof header === 'string' ? ([header] as const) : header;

  return {
    verify(delivery, secrets) {
      const found = readHeader(delivery.headers, ...names);
      if (!found.ok) return refused(found.reason);
      const given = (list ? found.value.split(',') : [found.value])
        .map((item) => (list ? item.trim() : item))
        .filter((item) => item.startsWith(prefix))
        .map((item) => decodeDigest(item.slice(prefix.length), form))
        .filter((digest) => digest !== undefined);
      if (given.length === 0)
        return refused(`the \`${found.name}\` header does not hold ${expected(prefix)}${describeDigest(form)}`);
      const signed = content(delivery);
      if (!signed) return refused('the body does not hold what is signed');
      return matchingSecret(secrets, {
        what: 'signature',
        covers: ['body'],
        matches(secret) {
          const right = keyedHash(algorithm, secret, signed);
          return given.map((digest) => safeEqual(digest, right)).includes(true);
        },
      });
    },
    sign: (delivery, secret) => ({
      [names[0]]: prefix + keyedHash(algorithm, secret, content(delivery) ?? delivery.body).toString(encoding),
    }),
  };
}

function expected(prefix: string): string {
  return prefix && `\`${prefix}\` and `;
}
