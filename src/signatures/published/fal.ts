import { header } from '../../core/delivery/readers.ts';
import { refused, type Signature } from '../../core/provider/signature.ts';
import { decodeHex } from '../digest.ts';
import { parseMoment, toSeconds, whileFresh } from '../freshness.ts';
import { isSignedBy, signWith } from '../public-key.ts';
import { readHeader } from '../read-header.ts';
import { bodyHash, inHeader, type Known, time, toPieces } from '../text/parts.ts';
import { fetchKey } from './fetch-key.ts';
import { allKeys } from './key-set.ts';

const HOST = 'rest.alpha.fal.ai';
const REQUEST = 'x-fal-webhook-request-id';
const USER = 'x-fal-webhook-user-id';
const TIME = 'x-fal-webhook-timestamp';
const SIGNED = [inHeader(REQUEST, 'id'), '\n', inHeader(USER), '\n', time, '\n', bodyHash('sha256')];

/** Request, user, time and the hash of the body, signed with one of the published keys: https://docs.fal.ai/model-apis/model-endpoints/webhooks */
export const fal: Signature = {
  kind: 'a signature with a published key (ed25519)',
  async verify(delivery, _secrets, context) {
    const found = readHeader(delivery.headers, 'x-fal-webhook-signature');
    if (!found.ok) return refused(found.reason);
    const moment = readHeader(delivery.headers, TIME);
    if (!moment.ok) return refused(moment.reason);
    const signedAt = parseMoment(moment.value, 'seconds');
    if (!signedAt) return refused(`the \`${TIME}\` header is not a number of seconds`);
    const signature = decodeHex(found.value);
    if (!signature) return refused('the `x-fal-webhook-signature` header does not hold a signature in hex');
    const text = textOf(delivery, { time: moment.value, context });
    if (!text) return refused(`the \`${REQUEST}\` or \`${USER}\` header is missing`);
    const set = await fetchKey(context, { url: `https://${HOST}/.well-known/jwks.json`, hosts: [HOST] });
    if (!set.ok) return set.verdict;
    if (!allKeys(set.text).some((key) => isSignedBy(key, 'ed25519', text, [signature])))
      return refused('the signature matches none of the keys that are published');
    return whileFresh(
      { ok: true, covers: ['id', 'time', 'body'] },
      { signedAt, receivedAt: delivery.receivedAt, tolerance: 300 },
    );
  },
  /** Needs the sender's private key. */
  sign(delivery, secret, context) {
    const moment = toSeconds(delivery.receivedAt);
    const headers = {
      [REQUEST]: header(REQUEST)(delivery) ?? 'request-1',
      [USER]: header(USER)(delivery) ?? 'user-1',
      [TIME]: moment,
    };
    const text =
      textOf({ ...delivery, headers: { ...delivery.headers, ...headers } }, { time: moment, context }) ??
      Buffer.alloc(0);
    return { ...headers, 'x-fal-webhook-signature': signWith(secret, 'ed25519', text).toString('hex') };
  },
};

function textOf(delivery: Parameters<typeof toPieces>[1], known: Known): Buffer | undefined {
  const pieces = toPieces(SIGNED, delivery, known);
  return pieces && Buffer.from(pieces.join(''));
}
