import { refused, type Signature, type Verdict } from '../core/provider/signature.ts';
import { type DigestForm, decodeDigest, describeDigest, keyedHash } from './digest.ts';
import { parseMoment, toSeconds, whileFresh } from './freshness.ts';
import { matchingSecret } from './matching-secret.ts';
import { readHeader } from './read-header.ts';
import { safeEqual } from './safe-equal.ts';

export interface TimestampedOptions extends Partial<DigestForm> {
  /** In lower case. */
  readonly header: string;
  /**
   * Where the time stands, in seconds: in the header itself, as `t=…,v1=…` with the names of the two fields, or in a
   * header of its own.
   */
  readonly time: { readonly field: string; readonly signature: string } | { readonly header: string };
  /** What stands between time and body in the signed text. */
  readonly separator: string;
  /** Seconds to either side of the receipt. */
  readonly tolerance?: number;
}

interface Found {
  readonly ok: true;
  readonly time: string;
  readonly signatures: readonly string[];
}
type Reading = Found | Extract<Verdict, { ok: false }>;

/** A keyed hash over the time of signing and the raw body. The signature is judged before the time. */
export function timestamped({
  header,
  time,
  separator,
  tolerance = 300,
  algorithm = 'sha256',
  encoding = 'hex',
}: TimestampedOptions): Signature {
  const form = { algorithm, encoding };
  const read = 'field' in time ? listReader(header, time) : headerReader(header, time.header);

  return {
    verify(delivery, secrets) {
      const found = read(delivery.headers);
      if (!found.ok) return found;
      const signedAt = parseMoment(found.time, 'seconds');
      if (!signedAt) return refused('the time of signing is not a number of seconds');
      const given = found.signatures.map((text) => decodeDigest(text, form)).filter((digest) => digest !== undefined);
      if (given.length === 0) return refused(`the \`${header}\` header does not hold ${describeDigest(form)}`);
      const verdict = matchingSecret(secrets, {
        what: 'signature',
        covers: ['time', 'body'],
        matches(secret) {
          const right = keyedHash(algorithm, secret, found.time, separator, delivery.body);
          return given.map((digest) => safeEqual(digest, right)).includes(true);
        },
      });
      return whileFresh(verdict, { signedAt, receivedAt: delivery.receivedAt, tolerance });
    },
    sign({ body, receivedAt }, secret) {
      const moment = toSeconds(receivedAt);
      const signature = keyedHash(algorithm, secret, moment, separator, body).toString(encoding);
      if ('header' in time) return { [time.header]: moment, [header]: signature };
      return { [header]: `${time.field}=${moment},${time.signature}=${signature}` };
    },
  };
}

function headerReader(header: string, timeHeader: string) {
  return (headers: Parameters<typeof readHeader>[0]): Reading => {
    const [signature, moment] = [readHeader(headers, header), readHeader(headers, timeHeader)];
    if (!signature.ok) return signature;
    if (!moment.ok) return moment;
    return { ok: true, time: moment.value, signatures: [signature.value] };
  };
}

function listReader(header: string, names: { readonly field: string; readonly signature: string }) {
  return (headers: Parameters<typeof readHeader>[0]): Reading => {
    const found = readHeader(headers, header);
    if (!found.ok) return found;
    const pairs = found.value.split(',').map((item) => {
      const [name = '', ...value] = item.split('=');
      return { name: name.trim(), value: value.join('=') };
    });
    const valuesOf = (wanted: string) => pairs.filter(({ name }) => name === wanted).map(({ value }) => value);
    const [time, ...moreTimes] = valuesOf(names.field);
    const signatures = valuesOf(names.signature);
    if (time === undefined || moreTimes.length > 0) {
      return { ok: false, reason: `the \`${header}\` header does not hold exactly one \`${names.field}=\`` };
    }
    if (signatures.length === 0)
      return { ok: false, reason: `the \`${header}\` header holds no \`${names.signature}=\`` };
    return { ok: true, time, signatures };
  };
}
