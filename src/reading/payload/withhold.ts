import { isObject } from './scalar.ts';

/**
 * A payload with no text but that in fields of which `isPublic` is said, by the names on the way to them. Numbers and
 * switches stay. So a field that a sender adds one day is withheld until somebody has looked at it.
 */
export function withhold(value: unknown, isPublic: (path: readonly string[]) => boolean): unknown {
  const visit = (inner: unknown, path: readonly string[]): unknown => {
    if (typeof inner === 'string') return isPublic(path) ? inner : undefined;
    if (Array.isArray(inner)) return inner.map((item) => visit(item, path)).filter((item) => item !== undefined);
    if (!isObject(inner)) return inner;
    const kept = Object.entries(inner).map(([name, part]) => [name, visit(part, [...path, name])] as const);
    return Object.fromEntries(kept.filter(([, part]) => part !== undefined));
  };
  return visit(value, []);
}
