/** Blocks decide what to print and how often. Everything else in a template is a value or a helper. */
export const BLOCKS: ReadonlySet<string> = new Set(['if', 'unless', 'each', 'with']);

/** Whether a value counts as there: not nothing, false, 0, blank text or an empty list. */
export function isTruthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** What a loop goes through: a list's items, or an object's own values by name. */
export function entriesOf(value: unknown, limit: number): readonly (readonly [number | string, unknown])[] {
  if (Array.isArray(value)) return value.slice(0, limit).map((item, index) => [index, item]);
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  return Object.keys(value)
    .slice(0, limit)
    .map((key) => [key, Object.getOwnPropertyDescriptor(value, key)?.value]);
}
