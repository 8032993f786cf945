import { textAt } from '../../core/delivery/readers.ts';
import type { SecretForm } from '../../core/provider/secret-form.ts';
import { refused, type Signature, type SignatureContext } from '../../core/provider/signature.ts';
import { decodeBase64 } from '../digest.ts';
import { asDer, asPem } from '../keys/public-keys.ts';
import { isSignedBy, signWith } from '../public-key.ts';
import { readHeader } from '../read-header.ts';
import { fetchKey } from './fetch-key.ts';

const HOST = 'api.ebay.com';
const HEADER = 'x-ebay-signature';

/** What the endpoint's secret is made of: the token of the handshake, and what the keys are fetched with. */
export function toParts(secret: string) {
  const [token, clientId, clientSecret] = secret.split(':');
  return token && clientId && clientSecret ? { token, clientId, clientSecret } : undefined;
}

const form: SecretForm = {
  expected: 'the verification token, the client id and the client secret, with colons between: `token:id:secret`',
  fits: (secret) => /^[\w-]+:[^:\s]+:[^:\s]+$/.test(secret),
};

/** A signature with a key that eBay gives out to its applications: https://developer.ebay.com/api-docs/commerce/notification/overview.html */
export const ebay: Signature = {
  kind: 'a signature with a published key (ECDSA)',
  secretForm: () => form,
  async verify(delivery, secrets, context) {
    const found = readHeader(delivery.headers, HEADER);
    if (!found.ok) return refused(found.reason);
    const parts = parse(found.value);
    const [id, signature] = [textAt(parts, 'kid'), decodeBase64(textAt(parts, 'signature') ?? '')];
    if (!id || !/^[\w-]{1,100}$/.test(id) || !signature?.length)
      return refused(`the \`${HEADER}\` header holds no key and signature`);
    if (!secrets.some(Boolean)) return refused('the endpoint has no secret to verify with');
    let reason = refused('the signature does not match the key of eBay');
    for (const [index, secret] of secrets.entries()) {
      const key = await keyOf(id, secret, context);
      // One secret that cannot be used does not stand in the way of the next.
      if (!key.ok) reason = key.verdict;
      else if (isSignedBy(key.key, 'ecdsa-sha1', delivery.body, [signature]))
        return { ok: true, secret: index, covers: ['body'] };
    }
    return reason;
  },
  /** Needs eBay's private key. */
  sign(delivery, secret) {
    const signature = signWith(secret, 'ecdsa-sha1', delivery.body).toString('base64');
    const value = JSON.stringify({ alg: 'ecdsa', kid: 'key-1', signature, digest: 'SHA1' });
    return { [HEADER]: Buffer.from(value).toString('base64') };
  },
};

async function keyOf(id: string, secret: string, context: SignatureContext) {
  const parts = toParts(secret);
  if (!parts) return { ok: false, verdict: refused(`the secret is not ${form.expected}`) } as const;
  const login = await fetchKey(context, {
    url: `https://${HOST}/identity/v1/oauth2/token`,
    hosts: [HOST],
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${parts.clientId}:${parts.clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials&scope=https%3A%2F%2Fapi.ebay.com%2Foauth%2Fapi_scope',
    keep: 3_600,
  });
  if (!login.ok) return login;
  const answer = await fetchKey(context, {
    url: `https://${HOST}/commerce/notification/v1/public_key/${id}`,
    hosts: [HOST],
    headers: { authorization: `Bearer ${textAt(parse(login.text, 'utf8'), 'access_token') ?? ''}` },
    keep: 3_600,
  });
  if (!answer.ok) return answer;
  const key = (textAt(parse(answer.text, 'utf8'), 'key') ?? '').replaceAll('\\n', '\n');
  // eBay writes the lines of a PEM as one.
  const bare = key.replace(/-----[A-Z ]+-----|\s/g, '');
  return { ok: true, key: asDer.toKey(bare) ?? asPem.toKey(key) } as const;
}

function parse(text: string, encoding: 'base64' | 'utf8' = 'base64'): unknown {
  try {
    return JSON.parse((encoding === 'base64' ? decodeBase64(text) : Buffer.from(text))?.toString() ?? '');
  } catch {
    // What cannot be read says nothing.
    return undefined;
  }
}
