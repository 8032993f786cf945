import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Delivery } from '../../core/delivery/delivery.ts';
import { first, header, textAt } from '../../core/delivery/readers.ts';
import { refused, type Signature } from '../../core/provider/signature.ts';
import { inHeaders } from '../carriers/in-headers.ts';
import { decodeBase64, plainHash } from '../digest.ts';
import { mac } from '../mac.ts';
import { matchingSecret } from '../matching-secret.ts';
import { safeEqual } from '../safe-equal.ts';
import { body, inHeader, secret, time } from '../text/parts.ts';
import { withValue } from '../text/with-value.ts';

const NONCE = 'x-lark-request-nonce';
const IV_BYTES = 16;

const signed = mac({
  carrier: inHeaders({ header: 'x-lark-signature' }),
  signed: [time, inHeader(NONCE), secret, body],
  time: { in: { header: 'x-lark-request-timestamp' }, unit: 'seconds', tolerance: 300 },
});

/** A hash of time, a number used once, the encrypt key and the body, which is encrypted with the same key. */
export const byEncryptKey: Signature = {
  ...signed,
  async verify(delivery, secrets, context) {
    const verdict = await signed.verify(delivery, secrets, context);
    if (!verdict.ok || verdict.secret === undefined) return verdict;
    const inner = decrypted(textAt(delivery.payload, 'encrypt'), secrets[verdict.secret] ?? '');
    return inner ? { ...verdict, inner } : verdict;
  },
  sign(delivery, key, context) {
    const once = header(NONCE)(delivery) ?? 'a1b2c3d4';
    const proof = signed.sign({ ...delivery, headers: { ...delivery.headers, [NONCE]: once } }, key, context);
    return { [NONCE]: once, ...proof };
  },
};

const tokenOf = first(
  ({ payload }) => textAt(payload, 'header.token'),
  ({ payload }) => textAt(payload, 'token'),
);

/** The verification token, written in the body. It vouches for the sender, not for the body. */
export const byToken: Signature = {
  kind: 'the secret itself in the body',
  verify(delivery, secrets) {
    const given = tokenOf(delivery);
    if (given === undefined) return refused('the body holds no `token`');
    return matchingSecret(secrets, {
      what: 'token',
      covers: [],
      matches: (right) => safeEqual(Buffer.from(given), Buffer.from(right)),
    });
  },
  sign: () => ({}),
  seal: (delivery, token) => withValue(delivery, 'token', token),
};

/** What was encrypted with a key; nothing for what was not. */
export function decrypted(text: string | undefined, key: string): Buffer | undefined {
  const bytes = text === undefined ? undefined : decodeBase64(text);
  if (!bytes || bytes.length <= IV_BYTES || bytes.length % IV_BYTES !== 0) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-cbc', plainHash('sha256', key), bytes.subarray(0, IV_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES)), decipher.final()]);
  } catch {
    // Another key leaves padding that makes no sense.
    return undefined;
  }
}

/** A body as it would be sent, encrypted with a key. */
export function encrypted(delivery: Pick<Delivery, 'body'>, key: string, iv: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-cbc', plainHash('sha256', key), iv);
  const text = Buffer.concat([iv, cipher.update(delivery.body), cipher.final()]).toString('base64');
  return Buffer.from(JSON.stringify({ encrypt: text }));
}
