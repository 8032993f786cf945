import { at } from './readers.ts';

/** Of several things the one that has most: most at the first of these paths, among equals most at the next. The first of those that are equal in all. */
export function fullest(things: readonly unknown[], paths: readonly string[]): unknown {
  const [first, ...rest] = things;
  return rest.reduce((best, thing) => (hasMore(thing, best, paths) ? thing : best), first);
}

function hasMore(thing: unknown, other: unknown, paths: readonly string[]): boolean {
  const path = paths.find((path) => amount(at(thing, path)) !== amount(at(other, path)));
  return path !== undefined && amount(at(thing, path)) > amount(at(other, path));
}

function amount(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return value === null || value === undefined || value === '' || value === false ? 0 : 1;
}
