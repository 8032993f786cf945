import { createHash } from 'node:crypto';
import type { Headers } from '../core/delivery/delivery.ts';
import { header, type Reader } from '../core/delivery/readers.ts';
import { refused, type Signature } from '../core/provider/signature.ts';
import { decodeBase64, decodeDigest, keyedHash } from './digest.ts';
import { parseMoment, toSeconds, whileFresh } from './freshness.ts';
import { matchingSecret } from './matching-secret.ts';
import { carries, readHeader } from './read-header.ts';
import { safeEqual } from './safe-equal.ts';

const FORM = { algorithm: 'sha256', encoding: 'base64' } as const;
const TOLERANCE = 300;

/**
 * Id, time and body under one key, as https://www.standardwebhooks.com has it, with `webhook-` or `svix-` headers.
 * Secrets are Base64, after `whsec_` where they have it. Only the symmetric version `v1` counts.
 */
export function standardWebhooks(): Signature {
  return {
    verify(delivery, secrets) {
      const family = familyOf(delivery.headers);
      const signature = readHeader(delivery.headers, `${family}-signature`);
      if (!signature.ok) return refused(signature.reason);
      const id = readHeader(delivery.headers, `${family}-id`);
      if (!id.ok) return refused(id.reason);
      const time = readHeader(delivery.headers, `${family}-timestamp`);
      if (!time.ok) return refused(time.reason);

      const signedAt = parseMoment(time.value, 'seconds');
      if (!signedAt) return refused(`the \`${family}-timestamp\` header is not a number of seconds`);
      const given = signature.value
        .split(' ')
        .filter((item) => item.startsWith('v1,'))
        .map((item) => decodeDigest(item.slice('v1,'.length), FORM))
        .filter((digest) => digest !== undefined);
      if (given.length === 0)
        return refused(`the \`${family}-signature\` header holds no \`v1,\` and a sha256 in base64`);

      const verdict = matchingSecret(secrets, {
        what: 'signature',
        covers: ['id', 'time', 'body'],
        matches(secret) {
          const key = toKey(secret);
          if (!key) return false;
          const right = keyedHash('sha256', key, `${id.value}.${time.value}.`, delivery.body);
          return given.map((digest) => safeEqual(digest, right)).includes(true);
        },
      });
      if (secrets.some(Boolean) && !secrets.some(toKey)) return refused('the secret is not Base64 after `whsec_`');
      return whileFresh(verdict, { signedAt, receivedAt: delivery.receivedAt, tolerance: TOLERANCE });
    },
    sign({ headers, body, receivedAt }, secret) {
      const given = headers['webhook-id'];
      const id =
        typeof given === 'string' && given
          ? given
          : `msg_${createHash('sha256').update(body).digest('hex').slice(0, 27)}`;
      const time = toSeconds(receivedAt);
      const key = toKey(secret) ?? Buffer.from(secret);
      const signature = keyedHash('sha256', key, `${id}.${time}.`, body).toString('base64');
      return { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': `v1,${signature}` };
    },
  };
}

/** Reads the id that the signature of a verified delivery covers. */
export const signedId: Reader = (delivery) => header(`${familyOf(delivery.headers)}-id`)(delivery);

/** The three headers come from one family: a mixture would let the unsigned family decide. */
function familyOf(headers: Headers): 'svix' | 'webhook' {
  return !carries(headers, 'webhook-signature') && carries(headers, 'svix-signature') ? 'svix' : 'webhook';
}

function toKey(secret: string): Buffer | undefined {
  const key = decodeBase64(secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret);
  return key && key.length > 0 ? key : undefined;
}
