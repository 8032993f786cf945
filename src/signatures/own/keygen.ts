import type { Parsed } from '../../core/delivery/delivery.ts';
import { refused, type Signature, type SignatureContext } from '../../core/provider/signature.ts';
import { decodeBase64, plainHash } from '../digest.ts';
import { formatMoment, parseMoment, whileFresh } from '../freshness.ts';
import { asBareKey } from '../keys/public-keys.ts';
import { matchingSecret } from '../matching-secret.ts';
import { isSignedBy, signWith } from '../public-key.ts';
import { readHeader } from '../read-header.ts';
import { fullUrl } from '../text/parts.ts';
import { A_DAY } from '../timestamped.ts';

const KEY = asBareKey('hex');
const SIGNED = ['(request-target)', 'host', 'date', 'digest'];

/** A signature over request line, host, date and the digest of the body: https://keygen.sh/docs/api/signatures */
export const keygen: Signature = {
  kind: 'a signature with a key pair (ed25519)',
  secretForm: () => KEY,
  verify(delivery, secrets, context) {
    const found = readHeader(delivery.headers, 'keygen-signature');
    if (!found.ok) return refused(found.reason);
    const date = readHeader(delivery.headers, 'date');
    if (!date.ok) return refused(date.reason);
    if (!/^(?:\w+="[^"]*"(?:, ?|$))+$/.test(found.value))
      return refused('the `keygen-signature` header is not made of fields');
    const fields = new Map(
      [...found.value.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    );
    const signature = decodeBase64(fields.get('signature') ?? '');
    if (fields.get('algorithm') !== 'ed25519' || !signature?.length)
      return refused('the `keygen-signature` header does not hold a signature by `ed25519` in base64');
    const listed = (fields.get('headers') ?? '').split(' ');
    if (SIGNED.some((name) => !listed.includes(name)) || listed.length > SIGNED.length)
      return refused(`the signature does not cover ${SIGNED.join(', ')} and nothing else`);
    const signedAt = parseMoment(date.value, 'http');
    if (!signedAt) return refused('the `date` header is not a date as HTTP writes it');
    const text = textOf(delivery, { context, names: listed, date: date.value });
    const verdict = matchingSecret(secrets, {
      what: 'signature',
      covers: ['time', 'body'],
      matches: (secret) => isSignedBy(KEY.toKey(secret), 'ed25519', text, [signature]),
    });
    return whileFresh(verdict, { signedAt, receivedAt: delivery.receivedAt, tolerance: A_DAY });
  },
  sign(delivery, secret, context) {
    const date = formatMoment(delivery.receivedAt, 'http');
    const proof = signWith(secret, 'ed25519', textOf(delivery, { context, names: SIGNED, date })).toString('base64');
    return {
      date,
      'keygen-signature': `keyid="0", algorithm="ed25519", signature="${proof}", headers="${SIGNED.join(' ')}"`,
    };
  },
};

/** The digest is worked out from the body: the header that claims it proves nothing. */
function textOf(
  delivery: Parsed,
  {
    context,
    names,
    date,
  }: { readonly context: SignatureContext; readonly names: readonly string[]; readonly date: string },
): Buffer {
  const address = fullUrl(delivery, context);
  const { host, pathname, search } = URL.canParse(address) ? new URL(address) : { host: '', pathname: '', search: '' };
  const lines: Readonly<Record<string, string>> = {
    '(request-target)': `${delivery.method.toLowerCase()} ${pathname}${search}`,
    host,
    date,
    digest: `sha-256=${plainHash('sha256', delivery.body).toString('base64')}`,
  };
  return Buffer.from(names.map((name) => `${name}: ${lines[name] ?? ''}`).join('\n'));
}
