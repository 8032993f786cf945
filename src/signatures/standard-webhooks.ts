import { createHash } from 'node:crypto';
import type { Headers } from '../core/delivery/delivery.ts';
import { header, type Reader } from '../core/delivery/readers.ts';
import { refused, type Signature } from '../core/provider/signature.ts';
import { MOST_SIGNATURES } from './carriers/carrier.ts';
import { decodeDigest, keyedHash } from './digest.ts';
import { parseMoment, toSeconds, whileFresh } from './freshness.ts';
import { asBase64After, type KeyForm } from './keys/secret-keys.ts';
import { matchingSecret } from './matching-secret.ts';
import { carries, readHeader } from './read-header.ts';
import { safeEqual } from './safe-equal.ts';

const FORM = { algorithm: 'sha256', encoding: 'base64' } as const;
const TOLERANCE = 300;

/** What the three headers of a delivery are called. */
export interface HeaderFamily {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
}

const family = (prefix: string): HeaderFamily => ({
  id: `${prefix}-id`,
  timestamp: `${prefix}-timestamp`,
  signature: `${prefix}-signature`,
});
const WEBHOOK = family('webhook');
const SVIX = family('svix');

/** How the specification writes secrets: Base64, after `whsec_` where they have it, which some senders show with `v1,` in front. */
export const asWhsec = asBase64After('whsec_', 'v1,whsec_');

export interface StandardWebhooksOptions {
  readonly key?: KeyForm;
  /** Where a sender has its own names for the headers. */
  readonly headers?: HeaderFamily;
}

/**
 * Id, time and body under one key, as https://www.standardwebhooks.com has it, with `webhook-` or `svix-` headers. Only the
 * symmetric version `v1` counts.
 */
export function standardWebhooks({ key = asWhsec, headers: own }: StandardWebhooksOptions = {}): Signature {
  return {
    kind: 'Standard Webhooks',
    secretForm: () => key,
    verify(delivery, secrets) {
      const names = own ?? familyOf(delivery.headers);
      const signature = readHeader(delivery.headers, names.signature);
      if (!signature.ok) return refused(signature.reason);
      const id = readHeader(delivery.headers, names.id);
      if (!id.ok) return refused(id.reason);
      const time = readHeader(delivery.headers, names.timestamp);
      if (!time.ok) return refused(time.reason);

      const signedAt = parseMoment(time.value, 'seconds');
      if (!signedAt) return refused(`the \`${names.timestamp}\` header is not a number of seconds`);
      const items = signature.value.split(' ', MOST_SIGNATURES + 1);
      if (items.length > MOST_SIGNATURES)
        return refused(`the \`${names.signature}\` header lists more than ${MOST_SIGNATURES} signatures`);
      const given = items
        .filter((item) => item.startsWith('v1,'))
        .map((item) => decodeDigest(item.slice('v1,'.length), FORM))
        .filter((digest) => digest !== undefined);
      if (given.length === 0)
        return refused(`the \`${names.signature}\` header holds no \`v1,\` and a sha256 in base64`);

      const verdict = matchingSecret(secrets, {
        what: 'signature',
        covers: ['id', 'time', 'body'],
        matches(secret) {
          const bytes = key.toKey(secret);
          if (!bytes) return false;
          const right = keyedHash('sha256', bytes, `${id.value}.${time.value}.`, delivery.body);
          return given.map((digest) => safeEqual(digest, right)).includes(true);
        },
      });
      if (secrets.some(Boolean) && !secrets.some((secret) => key.toKey(secret)))
        return { ...refused(`the secret is not ${key.expected}`), fault: 'secret' };
      return whileFresh(verdict, { signedAt, receivedAt: delivery.receivedAt, tolerance: TOLERANCE });
    },
    sign({ headers, body, receivedAt }, secret) {
      const names = own ?? WEBHOOK;
      const given = headers[names.id];
      const id =
        typeof given === 'string' && given
          ? given
          : `msg_${createHash('sha256').update(body).digest('hex').slice(0, 27)}`;
      const time = toSeconds(receivedAt);
      const bytes = key.toKey(secret) ?? Buffer.from(secret);
      const signature = keyedHash('sha256', bytes, `${id}.${time}.`, body).toString('base64');
      return { [names.id]: id, [names.timestamp]: time, [names.signature]: `v1,${signature}` };
    },
  };
}

/** Reads the id that the signature of a verified delivery covers. */
export const signedId: Reader = (delivery) => header(familyOf(delivery.headers).id)(delivery);

/** The three headers come from one family: a mixture would let the unsigned family decide. */
function familyOf(headers: Headers): HeaderFamily {
  return !carries(headers, WEBHOOK.signature) && carries(headers, SVIX.signature) ? SVIX : WEBHOOK;
}
