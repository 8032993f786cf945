import { createHmac } from 'node:crypto';

export const algorithms = ['sha1', 'sha256', 'sha512'] as const;
export type Algorithm = (typeof algorithms)[number];

export const encodings = ['hex', 'base64'] as const;
export type Encoding = (typeof encodings)[number];

const BYTES: Readonly<Record<Algorithm, number>> = { sha1: 20, sha256: 32, sha512: 64 };

export interface DigestForm {
  readonly algorithm: Algorithm;
  readonly encoding: Encoding;
}

/** The keyed hash of several pieces, as if they were one. */
export function keyedHash(algorithm: Algorithm, key: string | Buffer, ...pieces: readonly (string | Buffer)[]): Buffer {
  const hash = createHmac(algorithm, key);
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

/** The bytes of a hash written as text; nothing where the alphabet or the length is wrong, for `Buffer.from` would guess. */
export function decodeDigest(text: string, { algorithm, encoding }: DigestForm): Buffer | undefined {
  const bytes = encoding === 'hex' ? decodeHex(text) : decodeBase64(text);
  return bytes?.length === BYTES[algorithm] ? bytes : undefined;
}

/** The bytes of canonical Base64, and nothing for any other text. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** `a sha256 in hex`, for a reason. */
export function describeDigest({ algorithm, encoding }: DigestForm): string {
  return `a ${algorithm} in ${encoding}`;
}

function decodeHex(text: string): Buffer | undefined {
  return /^(?:[0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : undefined;
}
