/** As many names of one object as anybody would read. */
export const NAMES_LIMIT = 250;

/** To list the names of a huge object takes long, and it is asked for them more than once. */
const huge = new WeakMap<object, readonly string[]>();

/** The first names of an object, and no more of them than `NAMES_LIMIT`. */
export function keysOf(object: Readonly<Record<string, unknown>>): readonly string[] {
  const known = huge.get(object);
  if (known) return known;
  const keys: string[] = [];
  for (const key in object) {
    keys.push(key);
    if (keys.length === NAMES_LIMIT) {
      huge.set(object, keys);
      break;
    }
  }
  return keys;
}
