import type { Parsed } from '../../core/delivery/delivery.ts';
import { type SchemeOptions, tokenAlgorithms, type Way } from '../../core/provider/scheme/scheme-axes.ts';
import { isPem } from '../../core/provider/secret-form.ts';
import { decodeBase64 } from '../digest.ts';
import { asBareKey, asDer, asPem } from '../keys/public-keys.ts';
import { safeEqual } from '../safe-equal.ts';
import { readMoments } from './read-moments.ts';
import { scalars, TRAVEL } from './read-proofs.ts';

/** A scheme worth asking, with the secret it would be for. */
export interface Candidate {
  readonly options: SchemeOptions;
  readonly secret: number;
}

/** Schemes in which the secret itself is sent: in a header, the address, the body, as a password, or signing a token. */
export function sentSecrets(delivery: Parsed, secrets: readonly string[]): readonly Candidate[] {
  const { headers, query, payload } = delivery;
  const found: Candidate[] = [];
  for (const [secret, value] of secrets.entries()) {
    const right = Buffer.from(value);
    const isIt = (text: string) => safeEqual(Buffer.from(text), right);
    for (const [header, given] of Object.entries(headers)) {
      if (typeof given !== 'string' || TRAVEL.test(header)) continue;
      const [, prefix = '', rest = ''] = /^([\w-]{1,20}[ :=]?\s?)(.+)$/.exec(given) ?? [];
      const [, scheme = '', credentials = ''] = /^(\w+) +(\S+)$/.exec(given) ?? [];
      if (isIt(given))
        found.push({
          options: header === 'authorization' ? { verify: 'token', header, prefix: '' } : { verify: 'token', header },
          secret,
        });
      else if (header === 'authorization' && isIt(credentials))
        found.push({ options: { verify: 'token', header, ...(scheme !== 'Bearer' && { prefix: scheme }) }, secret });
      else if (given.endsWith(value) && given !== value && !/\s$/.test(given.slice(0, -value.length)))
        found.push({ options: { verify: 'token', header, prefix: given.slice(0, -value.length) }, secret });
      if (/^basic$/i.test(scheme)) {
        const pair = decodeBase64(credentials)?.toString() ?? '';
        if (isIt(pair.slice(pair.indexOf(':') + 1))) found.push({ options: { verify: 'basic' }, secret });
      }
      const algorithm = algorithmOfToken(rest && prefix.endsWith(' ') ? credentials : given);
      if (algorithm) found.push({ options: { verify: 'jwt', header, algorithm }, secret });
      if (algorithm) found.push({ options: { verify: 'jwt', header, algorithm, time: 'iat' }, secret });
    }
    for (const [name, given] of Object.entries(query))
      if (typeof given === 'string' && isIt(given)) found.push({ options: { verify: 'token', query: name }, secret });
    for (const [field, given] of scalars(payload))
      if (isIt(given)) found.push({ options: { verify: 'token', field }, secret });
  }
  return found;
}

/** What a token says it is signed with, where a scheme can be set to that. */
function algorithmOfToken(text: string): string | undefined {
  const [, head = ''] = /^(?:\w+ +)?([\w-]+)\.[\w-]+\.[\w-]+$/.exec(text) ?? [];
  if (!head) return undefined;
  try {
    const { alg }: { alg?: unknown } = JSON.parse(Buffer.from(head, 'base64url').toString());
    return tokenAlgorithms.find((known) => known === alg);
  } catch {
    // What cannot be read is not a token.
    return undefined;
  }
}

const KINDS: Readonly<Record<string, readonly Way[]>> = {
  ed25519: ['ed25519'],
  ec: ['ecdsa-sha256'],
  rsa: ['rsa-sha256', 'rsa-sha1'],
};
const FORMS = { pem: asPem, der: asDer, hex: asBareKey('hex'), base64: asBareKey('base64') } as const;
const MESSAGES = ['{body}', '{time}{body}', '{time}.{body}', '{time}:{body}', '{time}|{body}', '{url}{body}'];
/** Checking a signature with a key pair costs a hundred times what a hash does. */
const MOST_PAIRED = 200;

/** Schemes with a key pair, where a secret is a public key. */
export function pairedSchemes(delivery: Parsed, secrets: readonly string[]): readonly Candidate[] {
  const moments = readMoments(delivery).filter(({ beside }) => !beside);
  const carriers = Object.entries(delivery.headers).flatMap(([header, value]) =>
    typeof value === 'string' && !TRAVEL.test(header) && value.length >= 60 && value.length <= 2_000 ? [header] : [],
  );
  const found = secrets.flatMap((value, secret) =>
    Object.entries(FORMS).flatMap(([key, form]) => {
      if ((key === 'pem') !== isPem(value)) return [];
      const kind = form.toKey(value)?.asymmetricKeyType ?? '';
      return (KINDS[kind] ?? []).flatMap((verify) =>
        carriers.flatMap((header) =>
          (['base64', 'hex', 'base64url'] as const).flatMap((encoding) =>
            MESSAGES.flatMap((message): readonly Candidate[] => {
              const base = { verify, header, encoding, key, message };
              if (!message.includes('{time}')) return [{ options: base, secret }];
              return moments.map((moment) => ({ options: { ...base, ...moment.options }, secret }));
            }),
          ),
        ),
      );
    }),
  );
  return found.slice(0, MOST_PAIRED);
}
