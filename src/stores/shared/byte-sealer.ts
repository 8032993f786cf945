import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals bytes with AES-256-GCM, bound to the place they stand in: moved elsewhere, they do not open. */
export interface ByteSealer {
  seal(bytes: Buffer, place: string): Buffer;
  /** Nothing where they were sealed with another key, or changed since. */
  open(sealed: Buffer, place: string): Buffer | undefined;
}

/** The key is made from the installation's own, so that what is sealed for one purpose opens for no other. */
export function createByteSealer(installationKey: Buffer, purpose: string): ByteSealer {
  const key = Buffer.from(hkdfSync('sha256', installationKey, '', `bellhop ${purpose}`, 32));
  return {
    seal(bytes, place) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
      return Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, place) {
      if (sealed.length < IV_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(place))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch {
        // `final` throws when the tag does not match: that is the answer, not a failure.
        return undefined;
      }
    },
  };
}
