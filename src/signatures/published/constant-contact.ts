import { sign as signBytes } from 'node:crypto';
import { decodeProtectedHeader, flattenedVerify } from 'jose';
import { refused, type Signature } from '../../core/provider/signature.ts';
import { parseMoment, toSeconds, whileFresh } from '../freshness.ts';
import { privateKey } from '../public-key.ts';
import { readHeader } from '../read-header.ts';
import { fetchKey } from './fetch-key.ts';
import { allKeys } from './key-set.ts';

const HEADER = 'x-ctct-webhook-sig';
const HOST = 'developer.constantcontact.com';

/** A signature over the raw body, detached from it (https://www.rfc-editor.org/rfc/rfc7797), with one of the published keys. */
export const constantContact: Signature = {
  kind: 'a signature with a published key (RS256)',
  async verify(delivery, _secrets, context) {
    const found = readHeader(delivery.headers, HEADER);
    if (!found.ok) return refused(found.reason);
    const [, head, signature] = /^([\w-]+)\.\.([\w-]+)$/.exec(found.value) ?? [];
    const signedAt = head && parseMoment(timeIn(head), 'seconds');
    if (!head || !signature || !signedAt) return refused(`the \`${HEADER}\` header holds no dated signature`);
    const set = await fetchKey(context, { url: `https://${HOST}/.well-known/jwks.json`, hosts: [HOST] });
    if (!set.ok) return set.verdict;
    const signed = { protected: head, payload: delivery.body, signature };
    for (const key of allKeys(set.text)) {
      const good = await flattenedVerify(signed, key, { algorithms: ['RS256'] }).then(
        // The body may only be taken as it is where the header says so.
        ({ protectedHeader }) => protectedHeader?.b64 === false,
        () => false,
      );
      if (good)
        return whileFresh(
          { ok: true, covers: ['time', 'body'] },
          { signedAt, receivedAt: delivery.receivedAt, tolerance: 300 },
        );
    }
    return refused('the signature matches none of the keys that are published');
  },
  /** Needs the sender's private key. */
  sign({ body, receivedAt }, secret) {
    const head = Buffer.from(
      JSON.stringify({ alg: 'RS256', ts: Number(toSeconds(receivedAt)), b64: false, crit: ['b64'] }),
    ).toString('base64url');
    const proof = signBytes('sha256', Buffer.concat([Buffer.from(`${head}.`), body]), privateKey(secret));
    return { [HEADER]: `${head}..${proof.toString('base64url')}` };
  },
};

function timeIn(head: string): string | undefined {
  try {
    return String(decodeProtectedHeader({ protected: head }).ts);
  } catch {
    // What cannot be read says no time.
    return undefined;
  }
}
