import { header, textAt } from '../../core/delivery/readers.ts';
import { refused, type Signature } from '../../core/provider/signature.ts';
import { decodeBase64 } from '../digest.ts';
import { asPem } from '../keys/public-keys.ts';
import { matchingSecret } from '../matching-secret.ts';
import { isSignedBy, signWith } from '../public-key.ts';
import { readHeader } from '../read-header.ts';
import { safeEqual } from '../safe-equal.ts';
import { fetchKey } from './fetch-key.ts';

const HOST = 'static.adobeioevents.com';
const PAIRS = [1, 2].map((number) => ({
  signature: `x-adobe-digital-signature-${number}`,
  path: `x-adobe-public-key${number}-path`,
}));

/**
 * Two signatures with two published keys, of which one must be good, and in the body the client id that it is meant for.
 * That id is the endpoint's secret: https://developer.adobe.com/events/docs/guides/#security-considerations
 */
export const adobe: Signature = {
  kind: 'a signature with a published key (RSA)',
  async verify(delivery, secrets, context) {
    const [first] = PAIRS;
    const found = readHeader(delivery.headers, ...PAIRS.map(({ signature }) => signature));
    if (!found.ok) return refused(found.reason);
    const recipient = textAt(delivery.payload, 'recipient_client_id');
    const verdict = matchingSecret(secrets, {
      what: 'recipient',
      covers: ['body'],
      matches: (secret) => safeEqual(Buffer.from(recipient ?? ''), Buffer.from(secret)),
    });
    if (!verdict.ok) return verdict;
    let reason = refused(`the \`${first?.signature}\` header does not match the key that is published`);
    for (const { signature: name, path } of PAIRS) {
      const [signature, place] = [header(name)(delivery), header(path)(delivery)];
      const bytes = signature && signature.length < 2_000 ? decodeBase64(signature) : undefined;
      if (!bytes?.length || !place || !/^\/[\w./-]{1,200}$/.test(place) || place.includes('..')) continue;
      const key = await fetchKey(context, { url: `https://${HOST}${place}`, hosts: [HOST], keep: 86_400 });
      if (!key.ok) reason = key.verdict;
      else if (isSignedBy(asPem.toKey(key.text.trim()), 'rsa-sha256', delivery.body, [bytes])) return verdict;
    }
    return reason;
  },
  /** Needs Adobe's private key. */
  sign: (delivery, secret) => ({
    'x-adobe-public-key1-path': '/prod/keys/pub-key-1.pem',
    'x-adobe-digital-signature-1': signWith(secret, 'rsa-sha256', delivery.body).toString('base64'),
  }),
};
