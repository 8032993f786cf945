/** Where two values differ. `retyped` says that what stands there is of another kind: a text where a number was. */
export interface Difference {
  /** As templates name it: `commits.0.author.name`, `labels.[my name]`. Empty where the values themselves differ. */
  readonly path: string;
  readonly kind: 'removed' | 'added' | 'retyped' | 'changed';
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface Differences {
  /** What came, went or is of another kind first, then what has another value; each in the order in which it stands there. */
  readonly found: readonly Difference[];
  /** Whether there may be more: only so much is compared. */
  readonly partial: boolean;
}

export type Kind = 'text' | 'number' | 'yes or no' | 'list' | 'object' | 'nothing';

/** Values that are compared, and differences that are named. */
const COMPARED = 50_000;
const NAMED = 500;
const DEPTH = 60;
/** What tells the items of a list apart, wherever they stand in it. */
const KEYS = ['id', 'key', 'uuid', 'sha', 'name'];
const ORDER: readonly Difference['kind'][] = ['removed', 'added', 'retyped', 'changed'];

/** Compares two values, such as payloads, by their paths. Items of lists that have ids or names are compared with their like. */
export function valueDiff(before: unknown, after: unknown): Differences {
  const found: Difference[] = [];
  let left = COMPARED;

  const isEnough = () => left <= 0 || found.length >= NAMED;

  function compare(path: string, was: unknown, is: unknown, depth: number): void {
    if (isEnough()) return;
    left--;
    if (Object.is(was, is)) return;
    const [old, now] = [kindOf(was), kindOf(is)];
    if (old !== now) found.push({ path, kind: isNothing(old, now) ? 'changed' : 'retyped', before: was, after: is });
    else if (old === 'object' && depth < DEPTH)
      compareNamed(path, toNamed(Object.entries(was as object)), toNamed(Object.entries(is as object)), depth);
    else if (old === 'list' && depth < DEPTH)
      compareLists(path, was as readonly unknown[], is as readonly unknown[], depth);
    else if (String(was) !== String(is) || old === 'object' || old === 'list')
      found.push({ path, kind: 'changed', before: was, after: is });
  }

  function compareNamed(path: string, was: Named, is: Named, depth: number): void {
    for (const [name, value] of was) {
      if (isEnough()) return;
      if (is.has(name)) compare(joined(path, name), value, is.get(name), depth + 1);
      else note({ path: joined(path, name), kind: 'removed', before: value });
    }
    for (const [name, value] of is) {
      if (isEnough()) return;
      if (!was.has(name)) note({ path: joined(path, name), kind: 'added', after: value });
    }
  }

  function compareLists(path: string, was: readonly unknown[], is: readonly unknown[], depth: number): void {
    const key = KEYS.find((name) => [was, is].every((list) => tellsApart(list, name)));
    const naming = (list: readonly unknown[]) =>
      toNamed(list.map((item, index) => [key ? `${key}=${keyOf(item, key)}` : String(index), item]));
    if (key || !isPlain(was) || !isPlain(is)) {
      compareNamed(path, naming(was), naming(is), depth);
      return;
    }
    const [old, now] = [new Set(was), new Set(is)];
    for (const item of old) if (!now.has(item)) note({ path: joined(path, '*'), kind: 'removed', before: item });
    for (const item of now) if (!old.has(item)) note({ path: joined(path, '*'), kind: 'added', after: item });
  }

  function note(difference: Difference): void {
    left--;
    if (found.length < NAMED) found.push(difference);
  }

  compare('', before, after, 0);
  return {
    found: found.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)),
    partial: isEnough(),
  };
}

/** What kind of value it is, in words. */
export function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'object';
  if (typeof value === 'boolean') return 'yes or no';
  return typeof value === 'number' || typeof value === 'bigint' ? 'number' : 'text';
}

type Named = ReadonlyMap<string, unknown>;

function toNamed(entries: readonly (readonly [string, unknown])[]): Named {
  return new Map(entries);
}

function isNothing(...kinds: readonly Kind[]): boolean {
  return kinds.includes('nothing');
}

/** Whether a list holds single values alone, each once. */
function isPlain(list: readonly unknown[]): boolean {
  return list.every((item) => typeof item !== 'object' || item === null) && new Set(list).size === list.length;
}

function tellsApart(list: readonly unknown[], name: string): boolean {
  const keys = list.map((item) => keyOf(item, name));
  return keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
}

function keyOf(item: unknown, name: string): string | undefined {
  if (typeof item !== 'object' || item === null || !Object.hasOwn(item, name)) return undefined;
  const value = (item as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** `labels.[my name]`: what is not a plain name stands in brackets. */
function joined(path: string, name: string): string {
  const written = /^[\p{L}\p{N}_$*-]+$/u.test(name) ? name : `[${name}]`;
  return path ? `${path}.${written}` : written;
}
