import { createPrivateKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Parsed } from '../core/delivery/delivery.ts';
import { AppError } from '../core/errors.ts';
import { type Covered, refused, type Signature } from '../core/provider/signature.ts';
import { remember } from '../core/remember.ts';
import type { Carrier } from './carriers/carrier.ts';
import { decode, type Encoding } from './digest.ts';
import { formatMoment, whileFresh } from './freshness.ts';
import type { PublicKeyForm } from './keys/public-keys.ts';
import { type SignedTime, timeOf } from './mac.ts';
import { matchingSecret } from './matching-secret.ts';
import { body, coverOf, type Known, type Part, type Piece, toPieces } from './text/parts.ts';

/** Ways of signing with a pair of keys: the kind of key, and the hash where there is one. */
const KINDS = {
  ed25519: { type: 'ed25519', hash: null },
  'ecdsa-sha256': { type: 'ec', hash: 'sha256' },
  'ecdsa-sha1': { type: 'ec', hash: 'sha1' },
  'rsa-sha256': { type: 'rsa', hash: 'sha256' },
  'rsa-sha1': { type: 'rsa', hash: 'sha1' },
} as const;
export type KeyKind = keyof typeof KINDS;

export interface PublicKeyOptions {
  readonly carrier: Carrier;
  readonly kind: KeyKind;
  readonly key: PublicKeyForm;
  readonly encoding?: Encoding;
  /** What is signed, in order; the raw body when left out. */
  readonly signed?: readonly Part[] | ((delivery: Parsed, known: Known) => readonly Piece[] | undefined);
  readonly covers?: readonly Covered[];
  readonly time?: SignedTime;
}

/** A signature that the sender makes with a private key. The endpoint's secret is the public one, which is not secret. */
export function publicKey({
  carrier,
  kind,
  key,
  encoding = 'base64',
  signed = [body],
  covers = typeof signed === 'function' ? ['body'] : coverOf(signed),
  time,
}: PublicKeyOptions): Signature {
  const textOf = (delivery: Parsed, known: Known) => {
    const pieces = typeof signed === 'function' ? signed(delivery, known) : toPieces(signed, delivery, known);
    return pieces && Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
  };

  return {
    kind: `a signature with a key pair (${kind})`,
    secretForm: () => key,
    verify(delivery, secrets, context) {
      const found = carrier.read(delivery);
      if (!found.ok) return refused(found.reason);
      const moment = time && timeOf(delivery, found, time);
      if (moment && !moment.ok) return refused(moment.reason);
      const given = found.signatures.map((each) => decode(each, encoding)).filter((bytes) => bytes !== undefined);
      if (given.length === 0) return refused(`${found.where} does not hold a signature in ${encoding}`);
      const text = textOf(delivery, { time: moment?.text, context });
      if (!text) return refused('the delivery does not hold what is signed');
      const verdict = matchingSecret(secrets, {
        what: 'signature',
        covers,
        matches: (secret) => isSignedBy(key.toKey(secret), kind, text, given),
      });
      if (!verdict.ok && secrets.some(Boolean) && !secrets.some((each) => key.toKey(each)))
        return { ...refused(`the secret is not ${key.expected}`), fault: 'secret' };
      if (!moment || !time) return verdict;
      return whileFresh(verdict, { signedAt: moment.at, receivedAt: delivery.receivedAt, tolerance: time.tolerance });
    },
    sign(delivery, secret, context) {
      const moment = time && formatMoment(delivery.receivedAt, time.unit);
      const headers =
        time && typeof time.in === 'object' && 'header' in time.in ? { [time.in.header]: moment ?? '' } : {};
      const dated = { ...delivery, headers: { ...delivery.headers, ...headers } };
      const text = textOf(dated, { time: moment, context }) ?? Buffer.alloc(0);
      return { ...headers, ...carrier.toHeaders(signWith(secret, kind, text).toString(encoding), moment) };
    },
  };
}

/** Keys that came from outside are tried a few times each; nobody signs more often than this. */
const MOST_TRIED = 8;

/** Whether one of the signatures over a text was made with the private half of a key. */
export function isSignedBy(
  key: KeyObject | undefined,
  kind: KeyKind,
  text: Buffer,
  signatures: readonly Buffer[],
): boolean {
  if (key?.asymmetricKeyType !== KINDS[kind].type) return false;
  return signatures.slice(0, MOST_TRIED).some((signature) => verify(KINDS[kind].hash, text, key, signature));
}

/** Signs as the sender would. Throws `AppError` where only the public key is known, for then nobody else can. */
export function signWith(secret: string, kind: KeyKind, text: Buffer): Buffer {
  return sign(KINDS[kind].hash, text, privateKey(secret));
}

export const privateKey = remember(50, (pem) => {
  if (!/-----BEGIN (?:\w+ )?PRIVATE KEY-----/.test(pem))
    throw new AppError(
      409,
      'only_sender_signs',
      'Only the sender has the private key for this, so nothing can be signed here in its name.',
    );
  return createPrivateKey(pem);
});
