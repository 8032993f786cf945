import { textAt } from '../core/delivery/readers.ts';

/** Finds the scalar at the first of several paths that has one, as text. */
export type Find = (...paths: readonly string[]) => string | undefined;

export function finder(payload: unknown): Find {
  return (...paths) => {
    for (const path of paths) {
      const found = textAt(payload, path);
      if (found) return found;
    }
    return undefined;
  };
}

/** A subject's key, when it has an id: `pull_request:acme/api#12`. */
export function keyed(kind: string, ...id: readonly (string | undefined)[]): string | undefined {
  return id.includes(undefined) ? undefined : `${kind}:${id.join('')}`;
}

/** The labels that have a value. */
export function labelled(
  labels: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> | undefined {
  const given = Object.entries(labels).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

/** Looks up words from outside among our own, and never among what every object has. */
export function dictionary<Value>(
  entries: Readonly<Record<string, Value>>,
): (word: string | undefined) => Value | undefined {
  return (word) => (word !== undefined && Object.hasOwn(entries, word) ? entries[word] : undefined);
}
