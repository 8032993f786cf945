import { createHash, createHmac, createSecretKey } from 'node:crypto';

export const algorithms = ['sha1', 'sha256', 'sha384', 'sha512'] as const;
export type Algorithm = (typeof algorithms)[number];

export const encodings = ['hex', 'base64', 'base64url'] as const;
export type Encoding = (typeof encodings)[number];

const BYTES: Readonly<Record<Algorithm, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

export interface DigestForm {
  readonly algorithm: Algorithm;
  readonly encoding: Encoding;
}

/** The keyed hash of several pieces, as if they were one. */
export function keyedHash(algorithm: Algorithm, key: string | Buffer, ...pieces: readonly (string | Buffer)[]): Buffer {
  // With bare bytes Node throws and catches two errors to see what kind of key they are, which takes longer than a hash.
  const hash = createHmac(algorithm, typeof key === 'string' ? key : createSecretKey(key));
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

/** The hash of several pieces, as if they were one, without a key. */
export function plainHash(algorithm: Algorithm, ...pieces: readonly (string | Buffer)[]): Buffer {
  const hash = createHash(algorithm);
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

/** The bytes of a hash written as text; nothing where the alphabet or the length is wrong, for `Buffer.from` would guess. */
export function decodeDigest(text: string, { algorithm, encoding }: DigestForm): Buffer | undefined {
  const bytes = decode(text, encoding);
  return bytes?.length === BYTES[algorithm] ? bytes : undefined;
}

/** The bytes of canonical Base64, and nothing for any other text. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** The bytes of canonical Base64 in its alphabet for addresses, padded or not, and nothing for any other text. */
export function decodeBase64Url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  const bare = bytes.toString('base64url');
  return text === bare || text === bare.padEnd(Math.ceil(bare.length / 4) * 4, '=') ? bytes : undefined;
}

/** The bytes of a text in hex, in either case, and nothing for any other text. */
export function decodeHex(text: string): Buffer | undefined {
  return /^(?:[0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : undefined;
}

/** The bytes of a text, and nothing where it is not written in that way. */
export function decode(text: string, encoding: Encoding): Buffer | undefined {
  return DECODERS[encoding](text);
}

const DECODERS: Readonly<Record<Encoding, (text: string) => Buffer | undefined>> = {
  hex: decodeHex,
  base64: decodeBase64,
  base64url: decodeBase64Url,
};

/** `a sha256 in hex`, for a reason. */
export function describeDigest({ algorithm, encoding }: DigestForm): string {
  return `a ${algorithm} in ${encoding}`;
}
