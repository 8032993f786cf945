const DEPTH_LIMIT = 10;
const DANGEROUS = new Set(['__proto__', 'constructor', 'prototype']);

/** Fields under construction: what stands under each name, and in which order without one. */
interface Branch {
  readonly named: Map<string, Branch | string>;
  /** How many came with `[]`, which counts for them. */
  unnamed: number;
}

/**
 * A form's fields as an object. `alert[title]` is `title` in `alert`, `tags[]` one more in the list `tags`; a name
 * whose brackets make no sense stands as it is. Of fields with the same name the last wins.
 */
export function nestFields(fields: Iterable<readonly [string, string]>): Record<string, unknown> {
  const root: Branch = { named: new Map(), unnamed: 0 };
  for (const [name, value] of fields) {
    const path = toPath(name);
    if (!path.some((part) => DANGEROUS.has(part))) put(root, path, value);
  }
  return toObject(root);
}

function put(root: Branch, path: readonly string[], value: string): void {
  let branch = root;
  for (const [depth, part] of path.entries()) {
    const name = part === '' && depth > 0 ? String(branch.unnamed++) : part;
    if (depth === path.length - 1) {
      branch.named.set(name, value);
      return;
    }
    const known = branch.named.get(name);
    const next = typeof known === 'object' ? known : { named: new Map(), unnamed: 0 };
    branch.named.set(name, next);
    branch = next;
  }
}

/** `a[b][]` is `a`, `b` and nothing. */
function toPath(name: string): readonly string[] {
  const [, first, rest] = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name) ?? [];
  if (first === undefined || rest === undefined) return [name];
  const path = [first, ...rest.slice(1, -1).split('][')];
  return path.length > DEPTH_LIMIT ? [name] : path;
}

function toObject({ named }: Branch): Record<string, unknown> {
  return Object.fromEntries(Array.from(named, ([name, value]) => [name, toValue(value)]));
}

/** Whatever counts from 0 is a list. */
function toValue(value: Branch | string): unknown {
  if (typeof value === 'string') return value;
  const { named } = value;
  const counted = Array.from(named.keys()).every((name) => /^(?:0|[1-9]\d*)$/.test(name) && Number(name) < named.size);
  if (!counted) return toObject(value);
  return Array.from(named.keys(), Number)
    .toSorted((a, b) => a - b)
    .map((position) => toValue(named.get(String(position)) ?? ''));
}
