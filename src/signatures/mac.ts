import type { Parsed } from '../core/delivery/delivery.ts';
import { textAt } from '../core/delivery/readers.ts';
import { type Covered, refused, type Signature, type SignatureContext } from '../core/provider/signature.ts';
import type { Carried, Carrier } from './carriers/carrier.ts';
import { type DigestForm, decodeDigest, describeDigest, keyedHash, plainHash } from './digest.ts';
import { describeUnit, formatMoment, parseMoment, type TimeUnit, whileFresh } from './freshness.ts';
import { asText, type KeyForm } from './keys/secret-keys.ts';
import { matchingSecret } from './matching-secret.ts';
import { readHeader } from './read-header.ts';
import { safeEqual } from './safe-equal.ts';
import { body, coverOf, type Known, type Part, type Piece, secret as secretPart, toPieces } from './text/parts.ts';

/** When a delivery was signed. Only a time that is part of the signed text is worth looking at. */
export interface SignedTime {
  /** A header of its own, a field of the payload, or beside the signature. */
  readonly in: { readonly header: string } | { readonly field: string } | 'signature';
  readonly unit: TimeUnit;
  /** Seconds to either side of the receipt. */
  readonly tolerance: number;
}

export interface MacOptions extends Partial<DigestForm> {
  readonly carrier: Carrier;
  /** What is signed, in order; or every text that it may be, the likeliest first. */
  readonly signed?: readonly Part[] | ((delivery: Parsed, known: Known) => readonly (readonly Piece[])[]);
  /** What of the delivery is signed, where a function puts the text together. */
  readonly covers?: readonly Covered[];
  readonly time?: SignedTime;
  readonly key?: KeyForm;
}

/** A keyed hash of some text, or a plain one where the secret is part of the text. The signature is judged before the time. */
export function mac({
  carrier,
  signed = [body],
  time,
  key = asText,
  algorithm = 'sha256',
  encoding = 'hex',
  covers = typeof signed === 'function' ? ['body'] : coverOf(signed),
}: MacOptions): Signature {
  const form = { algorithm, encoding };
  const isPlain = typeof signed !== 'function' && signed.includes(secretPart);

  function textsOf(delivery: Parsed, known: Known, secret: string): readonly (readonly Piece[])[] {
    if (typeof signed === 'function') return signed(delivery, known);
    const parts = isPlain ? signed.map((part) => (part === secretPart ? secret : part)) : signed;
    const pieces = toPieces(parts, delivery, known);
    return pieces ? [pieces] : [];
  }

  function hash(keyBytes: Buffer, pieces: readonly Piece[]): Buffer {
    return isPlain ? plainHash(algorithm, ...pieces) : keyedHash(algorithm, keyBytes, ...pieces);
  }

  function timeHeader(moment: string | undefined): Record<string, string> {
    return time && typeof time.in === 'object' && 'header' in time.in ? { [time.in.header]: moment ?? '' } : {};
  }

  /** Signed headers that a delivery of our own lacks, such as its id. */
  function missingHeaders({ headers, body }: Parsed): Record<string, string> {
    if (typeof signed === 'function') return {};
    const names = signed.flatMap((part) => (typeof part === 'string' ? [] : (part.header ?? [])));
    const missing = names.filter((name) => !Object.hasOwn(headers, name));
    return Object.fromEntries(
      missing.map((name) => [name, plainHash('sha256', name, body).toString('hex').slice(0, 24)]),
    );
  }

  function prove(delivery: Parsed, secret: string, context: SignatureContext) {
    const moment = time && formatMoment(delivery.receivedAt, time.unit);
    const headers = { ...missingHeaders(delivery), ...timeHeader(moment) };
    const dated = { ...delivery, headers: { ...delivery.headers, ...headers } };
    const [pieces = []] = textsOf(dated, { time: moment, context }, secret);
    return { proof: hash(key.toKey(secret) ?? Buffer.from(secret), pieces).toString(encoding), moment, headers };
  }

  return {
    kind: `${isPlain ? 'a hash' : 'a keyed hash'}${time ? ' with the time' : ''} (${algorithm})`,
    secretForm: () => key,
    verify(delivery, secrets, context) {
      const found = carrier.read(delivery);
      if (!found.ok) return refused(found.reason);
      const moment = time && timeOf(delivery, found, time);
      if (moment && !moment.ok) return refused(moment.reason);
      const given = found.signatures.map((text) => decodeDigest(text, form)).filter((digest) => digest !== undefined);
      if (given.length === 0)
        return refused(`${found.where} does not hold ${expected(carrier.prefix)}${describeDigest(form)}`);
      const known = { time: moment?.text, context };
      const texts = isPlain ? [] : textsOf(delivery, known, '');
      if (!isPlain && texts.length === 0) return refused('the delivery does not hold what is signed');
      const verdict = matchingSecret(secrets, {
        what: 'signature',
        covers,
        matches(secret) {
          const bytes = key.toKey(secret);
          if (!bytes) return false;
          return (isPlain ? textsOf(delivery, known, secret) : texts)
            .flatMap((pieces) => {
              const right = hash(bytes, pieces);
              return given.map((digest) => safeEqual(digest, right));
            })
            .includes(true);
        },
      });
      if (!verdict.ok && secrets.some(Boolean) && !secrets.some((each) => key.toKey(each)))
        return { ...refused(`the secret is not ${key.expected}`), fault: 'secret' };
      if (!moment || !time) return verdict;
      return whileFresh(verdict, { signedAt: moment.at, receivedAt: delivery.receivedAt, tolerance: time.tolerance });
    },
    sign(delivery, secret, context) {
      const { proof, moment, headers } = prove(delivery, secret, context);
      return carrier.toBody ? headers : { ...headers, ...carrier.toHeaders(proof, moment) };
    },
    ...(carrier.toBody && {
      seal(delivery, secret, context) {
        const { proof, moment } = prove(delivery, secret, context);
        return carrier.toBody?.(delivery, proof, moment) ?? delivery.body;
      },
    }),
  };
}

type Timing =
  | { readonly ok: true; readonly text: string; readonly at: Date }
  | { readonly ok: false; readonly reason: string };

/** When a delivery says it was signed, as it says it and as a moment. */
export function timeOf(delivery: Parsed, found: Carried, { in: place, unit }: SignedTime): Timing {
  const text = readTime(delivery, found, place);
  if (!text.ok) return text;
  const at = parseMoment(text.value, unit);
  return at
    ? { ok: true, text: text.value, at }
    : { ok: false, reason: `the time of signing${text.where} is not ${describeUnit(unit)}` };
}

function readTime(
  delivery: Parsed,
  found: Carried,
  place: SignedTime['in'],
):
  | { readonly ok: true; readonly value: string; readonly where: string }
  | { readonly ok: false; readonly reason: string } {
  if (place !== 'signature' && 'header' in place) {
    const header = readHeader(delivery.headers, place.header);
    return header.ok ? { ok: true, value: header.value, where: ` in \`${header.name}\`` } : header;
  }
  const value = place === 'signature' ? found.time : textAt(delivery.payload, place.field);
  if (value) return { ok: true, value, where: '' };
  return {
    ok: false,
    reason: place === 'signature' ? `${found.where} says no time of signing` : `the body holds no \`${place.field}\``,
  };
}

function expected(prefix: string | undefined): string {
  return prefix ? `\`${prefix}\` and ` : '';
}
