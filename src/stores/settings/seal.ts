import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What every sealed text begins with. */
export const SEALED = 'sealed:v1:';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export type Unsealed =
  | { readonly outcome: 'opened' | 'plain'; readonly text: string }
  | { readonly outcome: 'other-key'; readonly keyId: string }
  | { readonly outcome: 'changed' };

/** Seals text with AES-256-GCM, bound to the place it stands in: moved elsewhere, it does not open. */
export interface Sealer {
  readonly keyId: string;
  seal(text: string, place: readonly string[]): string;
  unseal(sealed: string, place: readonly string[]): Unsealed;
}

/** The key is 32 bytes. */
export function createSealer(key: Buffer): Sealer {
  // Sealing the same text again gives another result each time; text that did not change should look the same in the file.
  const known = new Map<string, { readonly text: string; readonly sealed: string }>();
  const keyId = createHash('sha256').update('bellhop key id').update(key).digest('hex').slice(0, 8);

  return {
    keyId,

    seal(text, place) {
      const name = JSON.stringify(place);
      const last = known.get(name);
      if (last?.text === text) return last.sealed;
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
      const bytes = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      const sealed = `${SEALED}${keyId}:${bytes.toString('base64url')}`;
      known.set(name, { text, sealed });
      return sealed;
    },

    unseal(sealed, place) {
      if (!sealed.startsWith(SEALED)) return { outcome: 'plain', text: sealed };
      const [otherId = '', encoded = ''] = sealed.slice(SEALED.length).split(':');
      if (otherId !== keyId) return { outcome: 'other-key', keyId: otherId };
      const name = JSON.stringify(place);
      const text = open(key, Buffer.from(encoded, 'base64url'), name);
      if (text === undefined) return { outcome: 'changed' };
      known.set(name, { text, sealed });
      return { outcome: 'opened', text };
    },
  };
}

function open(key: Buffer, bytes: Buffer, place: string): string | undefined {
  if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    // `final` throws when the tag does not match: that is the answer, not a failure.
    return undefined;
  }
}
