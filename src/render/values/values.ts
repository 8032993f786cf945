import { plainText, toText } from './text.ts';

/** A number, or text that is one; nothing for anything else. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'string' && value.trim() === '') return undefined;
  if (typeof value !== 'number' && typeof value !== 'string' && typeof value !== 'bigint') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** A number with all its digits, as a number or as text that is one; nothing for anything else. */
export function toNumeral(value: unknown): number | bigint | string | undefined {
  if (typeof value === 'bigint' || (typeof value === 'string' && /^-?\d{1,60}$/.test(value.trim()))) return value;
  return toNumber(value);
}

/** A list as it is, nothing as an empty list, an object's values, anything else as a list of one. */
export function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === null || value === undefined || value === '') return [];
  return typeof value === 'object' && !(value instanceof Date) ? Object.values(value) : [value];
}

/** A whole number between two bounds; the fallback where there is none. */
export function toCount(value: unknown, fallback: number, most = 10_000): number {
  return Math.min(Math.max(Math.trunc(toNumber(value) ?? fallback), 0), most);
}

/** Whether there is nothing to show: nothing, blank text or an empty list. */
export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;
}

/** An own property of a value by its path, such as `labels.0.name`. */
export function ownValue(value: unknown, path: unknown): unknown {
  let found = value;
  for (const key of plainText(path).split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Object.getOwnPropertyDescriptor(found, key)?.value;
  }
  return found;
}

/** Text on one line, for the places of a message that have no more. */
export function toLine(value: unknown): string {
  return toText(value).replace(/\s+/g, ' ').trim();
}

/** Compares as numbers where both are, else as text; nothing where one of them is not there. */
export function compare(left: unknown, right: unknown): number | undefined {
  if (isBlank(left) || isBlank(right)) return undefined;
  const [a, b] = [toNumber(left), toNumber(right)];
  if (a !== undefined && b !== undefined) return a - b;
  const [c, d] = [plainText(left), plainText(right)];
  return c < d ? -1 : c > d ? 1 : 0;
}

/** Whether two values say the same: text and number alike. */
export function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left === 'object' || typeof right === 'object' || left === undefined || right === undefined) {
    return (left ?? null) === (right ?? null);
  }
  return String(left) === String(right);
}
