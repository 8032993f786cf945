import { textAt } from '../../core/delivery/readers.ts';
import { refused, type Signature } from '../../core/provider/signature.ts';
import { decodeDigest, keyedHash, plainHash } from '../digest.ts';
import { readHeader } from '../read-header.ts';
import { safeEqual } from '../safe-equal.ts';
import { fetchKey } from './fetch-key.ts';

const HEADER = 'x-content-signature';
const HOST = /^(?:[a-z0-9-]+\.)+myconnectwise\.net$/;
const FORM = { algorithm: 'sha256', encoding: 'base64' } as const;

/** A keyed hash of the body, whose key is fetched from the address in the body: https://developer.connectwise.com/Products/ConnectWise_PSA/Developer_Guide#Callbacks */
export const connectWise: Signature = {
  kind: 'a keyed hash with a published key',
  async verify(delivery, _secrets, context) {
    const found = readHeader(delivery.headers, HEADER);
    if (!found.ok) return refused(found.reason);
    const given = decodeDigest(found.value, FORM);
    if (!given) return refused(`the \`${HEADER}\` header does not hold a sha256 in base64`);
    const address = textAt(delivery.payload, 'Metadata.key_url');
    if (!address) return refused('the body holds no `Metadata.key_url`');
    const { host } = context.options;
    const hosts = host ? [host.toLowerCase()].filter((name) => HOST.test(name)) : [HOST];
    const answer = await fetchKey(context, { url: address, hosts });
    if (!answer.ok) return answer.verdict;
    const key = keyIn(answer.text);
    if (!key || !safeEqual(given, prove(key, delivery.body)))
      return refused('the signature does not match the key of ConnectWise');
    return { ok: true, covers: ['body'] };
  },
  /** Needs the key that ConnectWise gives out. */
  sign: ({ body }, secret) => ({ [HEADER]: prove(secret, body).toString('base64') }),
};

function prove(key: string, body: Buffer): Buffer {
  return keyedHash('sha256', plainHash('sha256', key), body);
}

function keyIn(text: string): string | undefined {
  try {
    return textAt(JSON.parse(text), 'signing_key');
  } catch {
    // A body that is not JSON has no key.
    return undefined;
  }
}
