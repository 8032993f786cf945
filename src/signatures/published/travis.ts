import type { Delivery } from '../../core/delivery/delivery.ts';
import { textAt } from '../../core/delivery/readers.ts';
import { refused, type Signature } from '../../core/provider/signature.ts';
import { decodeBase64 } from '../digest.ts';
import { asPem } from '../keys/public-keys.ts';
import { isSignedBy, signWith } from '../public-key.ts';
import { readHeader } from '../read-header.ts';
import { fetchKey } from './fetch-key.ts';

const HOST = 'api.travis-ci.com';

/**
 * A form field with the event, and a signature over its text with the key that is published:
 * https://docs.travis-ci.com/user/notifications/#verifying-webhook-requests
 */
export const travis: Signature = {
  kind: 'a signature with a published key (RSA)',
  async verify(delivery, _secrets, context) {
    const found = readHeader(delivery.headers, 'signature');
    if (!found.ok) return refused(found.reason);
    const signature = found.value.length < 2_000 ? decodeBase64(found.value) : undefined;
    if (!signature?.length) return refused('the `signature` header does not hold a signature in base64');
    const event = eventIn(delivery);
    if (event === undefined) return refused('the form holds no `payload`');
    const config = await fetchKey(context, { url: `https://${HOST}/config`, hosts: [HOST] });
    if (!config.ok) return config.verdict;
    const key = asPem.toKey(keyIn(config.text)?.trim() ?? '');
    if (!isSignedBy(key, 'rsa-sha1', Buffer.from(event), [signature]))
      return refused('the `signature` header does not match the key that is published');
    // Only what is signed is read: other fields may say anything.
    return { ok: true, covers: ['body'], inner: Buffer.from(event) };
  },
  /** Needs the private key of Travis CI. */
  sign: (delivery, secret) => ({
    signature: signWith(secret, 'rsa-sha1', Buffer.from(eventIn(delivery) ?? '')).toString('base64'),
  }),
  seal: (delivery) =>
    eventIn(delivery) === undefined
      ? Buffer.from(new URLSearchParams({ payload: delivery.body.toString() }).toString())
      : delivery.body,
};

function eventIn({ body }: Pick<Delivery, 'body'>): string | undefined {
  return new URLSearchParams(body.toString()).get('payload') ?? undefined;
}

function keyIn(config: string): string | undefined {
  try {
    return textAt(JSON.parse(config), 'config.notifications.webhook.public_key');
  } catch {
    // What cannot be read holds no key.
    return undefined;
  }
}
