import { remember } from '../remember.ts';
import type { Parsed } from './delivery.ts';

/** Finds one value in a delivery, and nothing where the shape is not the expected one. */
export type Reader = (delivery: Parsed) => string | undefined;

/** Reads one request header; nothing when it is absent or repeated. */
export function header(name: string): Reader {
  const key = name.toLowerCase();
  return ({ headers }) => single(headers[key]);
}

/** Reads one query parameter; nothing when it is absent or repeated. */
export function query(name: string): Reader {
  return (delivery) => single(delivery.query[name]);
}

/** Reads a scalar of the payload by its path, such as `repository.full_name` or `alerts.0.labels.alertname`. */
export function field(path: string): Reader {
  const keys = path.split('.');
  return ({ payload }) => scalar(dig(payload, keys));
}

/** Reads the first of several readers that finds something. */
export function first(...readers: readonly Reader[]): Reader {
  return (delivery) => {
    for (const reader of readers) {
      const found = reader(delivery);
      if (found) return found;
    }
    return undefined;
  };
}

/** Any value of a payload by its path, own properties only. */
export function at(payload: unknown, path: string): unknown {
  return dig(payload, keysOf(path));
}

/** Readers ask with every event for the same paths. */
const keysOf = remember(2_000, (path) => path.split('.'));

/** A scalar of a payload by its path, as text. */
export function textAt(payload: unknown, path: string): string | undefined {
  return scalar(at(payload, path));
}

function dig(payload: unknown, keys: readonly string[]): unknown {
  let value = payload;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function scalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : undefined;
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
