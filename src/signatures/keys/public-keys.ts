import { createPublicKey, type KeyObject } from 'node:crypto';
import { isPem, type SecretForm } from '../../core/provider/secret-form.ts';
import { remember } from '../../core/remember.ts';
import { decode, decodeBase64 } from '../digest.ts';

/** How a public key is written. */
export interface PublicKeyForm extends SecretForm {
  toKey(secret: string): KeyObject | undefined;
}

/** A key in PEM. Where it was copied with `\n` for its line ends, those are meant. */
export const asPem: PublicKeyForm = publicKeyForm(
  'a public key in PEM, from `-----BEGIN` to `-----END … KEY-----`',
  (secret) =>
    isPem(secret) && !secret.includes('PRIVATE KEY') ? createPublicKey(secret.replaceAll('\\n', '\n')) : undefined,
);

/** A bare Ed25519 key. */
export function asBareKey(encoding: 'hex' | 'base64'): PublicKeyForm {
  return publicKeyForm(`a public key of 32 bytes in ${encoding === 'hex' ? 'hexadecimal' : 'Base64'}`, (secret) => {
    const bytes = decode(secret, encoding);
    if (bytes?.length !== 32) return undefined;
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' });
  });
}

/** What stands between the lines of a PEM, in one line. */
export const asDer: PublicKeyForm = publicKeyForm(
  'a public key in Base64, as the sender shows it (it starts with `M`)',
  (secret) => {
    const bytes = isPem(secret) ? undefined : decodeBase64(secret);
    if (isPem(secret)) return asPem.toKey(secret);
    return bytes && createPublicKey({ key: bytes, format: 'der', type: 'spki' });
  },
);

function publicKeyForm(expected: string, read: (secret: string) => KeyObject | undefined): PublicKeyForm {
  const toKey = remember(200, (secret) => {
    try {
      return read(secret);
    } catch {
      // Whatever does not parse is not a key.
      return undefined;
    }
  });
  return { expected, toKey, fits: (secret) => toKey(secret) !== undefined };
}
