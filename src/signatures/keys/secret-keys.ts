import { createHash } from 'node:crypto';
import { anyText, isAddress, isPem, type SecretForm } from '../../core/provider/secret-form.ts';
import { decodeBase64, decodeHex } from '../digest.ts';

/** How a secret becomes the key of a hash. It is never guessed: the same text means different keys to different senders. */
export interface KeyForm extends SecretForm {
  /** Nothing where the secret does not have this form. */
  toKey(secret: string): Buffer | undefined;
}

function keyForm(expected: string, toKey: (secret: string) => Buffer | undefined): KeyForm {
  const read = (secret: string) => {
    const key = toKey(secret);
    return key && key.length > 0 ? key : undefined;
  };
  return {
    expected,
    toKey: read,
    fits: (secret) => !isAddress(secret) && !isPem(secret) && read(secret) !== undefined,
  };
}

/** The secret as it is written. */
export const asText: KeyForm = { ...anyText, toKey: (secret) => (secret ? Buffer.from(secret) : undefined) };

/** The bytes that the secret stands for in Base64. */
export const asBase64 = keyForm('Base64, without anything in front', decodeBase64);

/** The bytes that the secret stands for in hex. */
export const asHex = keyForm('hexadecimal: pairs of the digits 0-9 and a-f', decodeHex);

/** Base64, with or without one of these in front. */
export function asBase64After(...prefixes: readonly [string, ...string[]]): KeyForm {
  return keyForm(`Base64, with or without \`${prefixes[0]}\` in front`, (secret) =>
    decodeBase64(withoutPrefix(secret, prefixes)),
  );
}

/** Base64 behind a prefix that must be there. */
export function asBase64Behind(prefix: string): KeyForm {
  return keyForm(`\`${prefix}\` and Base64 after it`, (secret) =>
    secret.startsWith(prefix) ? decodeBase64(secret.slice(prefix.length)) : undefined,
  );
}

/** The text without what a pattern finds at its beginning. */
export function asTextWithout(prefix: RegExp): KeyForm {
  return { ...anyText, toKey: (secret) => Buffer.from(secret.replace(prefix, '')) };
}

/** The hash of the secret as it is written. */
export function asHashOf(algorithm: 'sha1' | 'sha256'): KeyForm {
  return { ...anyText, toKey: (secret) => (secret ? createHash(algorithm).update(secret).digest() : undefined) };
}

function withoutPrefix(secret: string, prefixes: readonly string[]): string {
  const prefix = prefixes.find((each) => secret.startsWith(each));
  return prefix === undefined ? secret : secret.slice(prefix.length);
}

/** Base64 behind the last of a mark in the secret, whatever stands before it. */
export function asBase64AfterLast(mark: string): KeyForm {
  return keyForm(`Base64, with or without \`whsec${mark}\` in front`, (secret) =>
    decodeBase64(secret.slice(secret.lastIndexOf(mark) + 1)),
  );
}

/** Base64 behind `whsec_`; any other secret as it is written. */
export const asWhsecOrText: KeyForm = {
  ...anyText,
  toKey: (secret) => (secret.startsWith('whsec_') ? asBase64Behind('whsec_').toKey(secret) : asText.toKey(secret)),
};

/** The secret as it is written, in the one form that Unicode gives to equal texts. */
export const asNormalized: KeyForm = { ...anyText, toKey: (secret) => asText.toKey(secret.normalize('NFKD')) };

/** A client's id and secret as one text. */
export const asClientPair: KeyForm = {
  expected: 'the client id, `&` and the client secret: `id&secret`',
  fits: (secret) => anyText.fits(secret) && /^[^&\s]+&[^&\s]+$/.test(secret),
  toKey: (secret) => asText.toKey(secret),
};
