export interface Recorded {
  /** The payload, to be read from. */
  readonly payload: unknown;
  /** The fields that were asked for by their names and were there, such as `issue.title`, with those on the way to them. */
  paths(): readonly string[];
}

/** Fields that are remembered. */
const MOST = 150;

/**
 * Gives out a payload that notes which of its fields are read. Fields of an object that is gone through as a whole were not
 * asked for by name, and lists are handed out as they are: both may hold anything.
 */
export function recordReads(payload: unknown): Recorded {
  const read = new Map<string, string>();
  const wholes = new Set<string>();
  const known = new WeakMap<object, unknown>();

  function wrap(value: unknown, path: string): unknown {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const before = known.get(value);
    if (before) return before;
    const wrapped = new Proxy(value, {
      get(target, name) {
        const found: unknown = Reflect.get(target, name);
        if (typeof name !== 'string' || name.includes('.') || !Object.hasOwn(target, name)) return found;
        const place = path ? `${path}.${name}` : name;
        if (read.size < MOST) read.set(place, path);
        return wrap(found, place);
      },
      ownKeys(target) {
        wholes.add(path);
        return Reflect.ownKeys(target);
      },
    });
    known.set(value, wrapped);
    return wrapped;
  }

  return {
    payload: wrap(payload, ''),
    paths: () => [...read].filter(([, parent]) => !wholes.has(parent)).map(([path]) => path),
  };
}
