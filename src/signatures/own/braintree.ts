import { textAt } from '../../core/delivery/readers.ts';
import type { SecretForm } from '../../core/provider/secret-form.ts';
import { refused, type Signature } from '../../core/provider/signature.ts';
import { decodeDigest, keyedHash, plainHash } from '../digest.ts';
import { matchingSecret } from '../matching-secret.ts';
import { safeEqual } from '../safe-equal.ts';
import { withValue } from '../text/with-value.ts';

const FORM = { algorithm: 'sha1', encoding: 'hex' } as const;
const MOST_PAIRS = 20;

/** What a challenge looks like, and no event may: both are signed with the same key. */
export const CHALLENGE = /^[a-f0-9]{20,32}$/;

const form: SecretForm = {
  expected: 'the public key, a colon and the private key: `public:private`',
  fits: (secret) => /^\w+:\w+$/.test(secret),
};

/** The key pair of an endpoint, as its secret has it. */
export function toPair(secret: string): { readonly name: string; readonly key: Buffer } | undefined {
  const [name, key] = secret.split(':');
  return name && key ? { name, key: plainHash('sha1', key) } : undefined;
}

/**
 * Form fields with the event in Base64 and its signatures, each beside the public key that it goes with:
 * https://developer.paypal.com/braintree/docs/guides/webhooks/parse
 */
export const braintree: Signature = {
  kind: 'a keyed hash beside the public key',
  secretForm: () => form,
  verify({ payload }, secrets) {
    const [event, listed] = [textAt(payload, 'bt_payload'), textAt(payload, 'bt_signature')];
    if (event === undefined || listed === undefined)
      return refused('the form holds no `bt_payload` and `bt_signature`');
    if (!/^[A-Za-z0-9+=/\n]+$/.test(event) || CHALLENGE.test(event)) return refused('`bt_payload` is not Base64');
    const pairs = listed.split('&', MOST_PAIRS + 1).map((pair) => pair.split('|'));
    if (pairs.length > MOST_PAIRS) return refused(`\`bt_signature\` lists more than ${MOST_PAIRS} signatures`);
    const verdict = matchingSecret(secrets, {
      what: 'signature',
      covers: ['body'],
      matches(secret) {
        const pair = toPair(secret);
        if (!pair) return false;
        const given = pairs.filter(([name]) => name === pair.name).map(([, proof = '']) => decodeDigest(proof, FORM));
        return [event, `${event}\n`]
          .flatMap((text) => given.map((digest) => digest && safeEqual(digest, keyedHash('sha1', pair.key, text))))
          .includes(true);
      },
    });
    return verdict.ok ? { ...verdict, inner: Buffer.from(event, 'base64') } : verdict;
  },
  sign: () => ({}),
  seal(delivery, secret) {
    const pair = toPair(secret) ?? { name: 'none', key: Buffer.from(secret) };
    const event = textAt(delivery.payload, 'bt_payload') ?? Buffer.from(delivery.body).toString('base64');
    const form = {
      ...delivery,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(`bt_payload=${encodeURIComponent(event)}`),
    };
    return withValue(form, 'bt_signature', `${pair.name}|${keyedHash('sha1', pair.key, event).toString('hex')}`);
  },
};
