import { createPublicKey, type KeyObject } from 'node:crypto';
import { decodeProtectedHeader } from 'jose';
import { at } from '../../core/delivery/readers.ts';
import type { SecretForm } from '../../core/provider/secret-form.ts';
import { refused, type Signature } from '../../core/provider/signature.ts';
import { remember } from '../../core/remember.ts';
import { hashesBody } from '../claims.ts';
import { jwt } from '../jwt.ts';
import { readHeader } from '../read-header.ts';
import { fetchKey } from './fetch-key.ts';

const HEADER = 'plaid-verification';
const HOSTS = ['production.plaid.com', 'sandbox.plaid.com'] as const;

const form: SecretForm = {
  expected: 'the client id and the secret of the API, with a colon between: `id:secret`',
  fits: (secret) => /^\w+:\w+$/.test(secret),
};

const inner = jwt({
  header: HEADER,
  algorithms: ['ES256'],
  rules: [hashesBody('request_body_sha256', 'hex')],
  dated: 'iat',
  keyId: 'key-1',
});

/** A token with the hash of the body, whose key Plaid gives out to its customers: https://plaid.com/docs/api/webhooks/webhook-verification/ */
export const plaid: Signature = {
  ...inner,
  secretForm: () => form,
  async verify(delivery, secrets, context) {
    const found = readHeader(delivery.headers, HEADER);
    if (!found.ok) return refused(found.reason);
    const id = keyIdOf(found.value);
    if (!id) return refused(`the \`${HEADER}\` header holds no token that names its key`);
    if (!secrets.some(Boolean)) return refused('the endpoint has no secret to verify with');
    const host = HOSTS.find((name) => name.startsWith(context.options.environment ?? 'production')) ?? HOSTS[0];
    let verdict = refused(`the secret is not ${form.expected}`);
    for (const [index, secret] of secrets.entries()) {
      const [clientId, apiSecret] = secret.split(':');
      if (!clientId || !apiSecret) continue;
      const answer = await fetchKey(context, {
        url: `https://${host}/webhook_verification_key/get`,
        hosts: HOSTS,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_id: clientId, secret: apiSecret, key_id: id }),
      });
      if (!answer.ok) {
        verdict = answer.verdict;
        continue;
      }
      const key = toPem(answer.text);
      const judged = key ? await inner.verify(delivery, [key], context) : refused('Plaid gave out no key');
      if (judged.ok) return { ...judged, secret: index };
      verdict = judged;
    }
    return verdict;
  },
};

function keyIdOf(token: string): string | undefined {
  try {
    const { kid, alg } = decodeProtectedHeader(token);
    return alg === 'ES256' && typeof kid === 'string' && /^[\w-]{1,100}$/.test(kid) ? kid : undefined;
  } catch {
    // A token that cannot be read names no key.
    return undefined;
  }
}

const toPem = remember(50, (text) => {
  try {
    const key: KeyObject = createPublicKey({
      key: at(JSON.parse(text), 'key') as Record<string, string>,
      format: 'jwk',
    });
    return String(key.export({ type: 'spki', format: 'pem' }));
  } catch {
    // An answer without a key.
    return undefined;
  }
});
