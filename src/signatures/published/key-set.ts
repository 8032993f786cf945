import { createPublicKey, type KeyObject } from 'node:crypto';
import { decodeProtectedHeader } from 'jose';
import { at, textAt } from '../../core/delivery/readers.ts';
import { remember } from '../../core/remember.ts';

/** So many keys of a set are tried with a token that names none. */
const MOST_TRIED = 16;

/** The keys of a published set (https://www.rfc-editor.org/rfc/rfc7517) that may have signed a token: the one it names, or each. */
export function keysFor(token: string, set: string): readonly KeyObject[] {
  const named = nameOf(token);
  const keys = keysOf(set);
  const fitting = named === undefined ? keys : keys.filter(({ name }) => name === named);
  return fitting.slice(0, MOST_TRIED).map(({ key }) => key);
}

/** All keys of a published set. */
export function allKeys(set: string): readonly KeyObject[] {
  return keysOf(set)
    .slice(0, MOST_TRIED)
    .map(({ key }) => key);
}

function nameOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid;
  } catch {
    // A token that cannot be read names nothing, and is refused when it is verified.
    return undefined;
  }
}

const keysOf = remember(50, (set): readonly { readonly name: string | undefined; readonly key: KeyObject }[] => {
  const keys = at(parse(set), 'keys');
  if (!Array.isArray(keys)) return [];
  return keys.flatMap((jwk: unknown) => {
    const key = toKey(jwk);
    return key ? [{ name: textAt(jwk, 'kid'), key }] : [];
  });
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is not JSON holds no keys.
    return undefined;
  }
}

function toKey(jwk: unknown): KeyObject | undefined {
  if (typeof jwk !== 'object' || jwk === null || textAt(jwk, 'kty') === 'oct') return undefined;
  try {
    return createPublicKey({ key: jwk as Record<string, string>, format: 'jwk' }); // What is wrong in it throws.
  } catch {
    // A key of a kind that is not known here matches nothing.
    return undefined;
  }
}
