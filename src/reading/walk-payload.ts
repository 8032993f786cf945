/** One scalar or object found in a payload. */
export interface Found {
  /** Its own name in lower case, without `_`, `-`, `@`, or a namespace. */
  readonly name: string;
  /** The plain names above it, nearest last. List positions are left out. */
  readonly above: readonly string[];
  readonly value: unknown;
}

const NODE_LIMIT = 2000;
const DEPTH_LIMIT = 6;

/** What a payload holds, the outermost first. Of a list only the first item is looked into; of a huge payload only the beginning. */
export function walkPayload(payload: unknown): readonly Found[] {
  const found: Found[] = [];
  let level: readonly Found[] = [{ name: '', above: [], value: payload }];
  for (let depth = 0; depth < DEPTH_LIMIT && level.length > 0 && found.length < NODE_LIMIT; depth++) {
    const next: Found[] = [];
    for (const { name, above, value } of level) {
      const path = name ? [...above, name] : above;
      for (const [key, child] of entriesOf(value)) {
        if (found.length >= NODE_LIMIT) return found;
        const entry = { name: plainName(key), above: path, value: child };
        found.push(entry);
        if (typeof child === 'object' && child !== null) next.push(entry);
      }
    }
    level = next;
  }
  return found;
}

function plainName(key: string): string {
  return /^[a-z]+$/.test(key) ? key : key.replace(/^.*:|[_@\s-]/g, '').toLowerCase();
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return typeof value[0] === 'object' && value[0] !== null ? Object.entries(value[0]) : [];
  return typeof value === 'object' && value !== null ? Object.entries(value).slice(0, NODE_LIMIT) : [];
}
