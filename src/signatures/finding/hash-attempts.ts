import type { Twist } from '../../core/provider/scheme/find-scheme.ts';
import type { KeyFormName } from '../../core/provider/scheme/scheme-axes.ts';
import { isPem } from '../../core/provider/secret-form.ts';
import { type Algorithm, keyedHash, plainHash } from '../digest.ts';
import { asBase64, asHashOf, asHex, asText, type KeyForm } from '../keys/secret-keys.ts';
import { asWhsec } from '../standard-webhooks.ts';
import type { SignedText } from './texts.ts';

/** A secret to try: as it is, or as it may have become. */
export interface TriedSecret {
  readonly value: string;
  /** Its index among those that were asked about. */
  readonly secret: number;
  readonly twist?: Twist;
}

/** One hash that a sender may have made, and how. */
export interface Attempt {
  readonly tried: TriedSecret;
  readonly text: SignedText;
  readonly algorithm: Algorithm;
  /** Nothing where the hash is a plain one. */
  readonly key?: KeyFormName;
  /** Bytes to be hashed. */
  readonly size: number;
  readonly hash: () => Buffer;
}

const KEYS: readonly (readonly [KeyFormName, KeyForm])[] = [
  ['text', asText],
  ['base64', asBase64],
  ['hex', asHex],
  ['whsec', asWhsec],
  ['sha256', asHashOf('sha256')],
  ['sha1', asHashOf('sha1')],
];

/** Every text under every key, keyed and plain, the likeliest first. */
export function* hashAttempts({
  secrets,
  keyed,
  hashed,
  algorithms,
}: {
  readonly secrets: readonly TriedSecret[];
  readonly keyed: readonly SignedText[];
  readonly hashed: readonly SignedText[];
  readonly algorithms: readonly Algorithm[];
}): Generator<Attempt> {
  for (const tried of secrets) {
    if (isPem(tried.value)) continue;
    const keys = keysOf(tried);
    for (const text of keyed) {
      const whole = text.toBytes('');
      if (!whole) continue;
      for (const { key, bytes } of keys)
        for (const algorithm of algorithms)
          yield { tried, text, algorithm, key, size: whole.length, hash: () => keyedHash(algorithm, bytes, whole) };
    }
    for (const text of hashed) {
      const whole = text.toBytes(tried.value);
      if (!whole) continue;
      for (const algorithm of algorithms)
        yield { tried, text, algorithm, size: whole.length, hash: () => plainHash(algorithm, whole) };
    }
  }
}

/** A secret that was changed is tried as it is written: nobody changes it and decodes it too. */
function keysOf({ value, twist }: TriedSecret): readonly { readonly key: KeyFormName; readonly bytes: Buffer }[] {
  return KEYS.flatMap(([key, form]) => {
    if (key === 'whsec' ? !value.includes('whsec_') : twist && key !== 'text') return [];
    const bytes = form.toKey(value);
    return bytes ? [{ key, bytes }] : [];
  });
}
