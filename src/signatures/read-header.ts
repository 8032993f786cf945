import type { Headers } from '../core/delivery/delivery.ts';

const LIMIT = 8192;

export type HeaderReading =
  | { readonly ok: true; readonly name: string; readonly value: string }
  | { readonly ok: false; readonly reason: string };

/** Whether a request carries any of the headers, even an empty or repeated one. */
export function carries(headers: Headers, ...names: readonly string[]): boolean {
  return names.some((name) => Object.hasOwn(headers, name));
}

/** The one value of the first header that is there at all; later names are not tried when that one is unusable. */
export function readHeader(headers: Headers, ...names: readonly string[]): HeaderReading {
  const name = names.find((candidate) => Object.hasOwn(headers, candidate));
  const value = name === undefined ? undefined : headers[name];
  if (name === undefined || value === undefined) return { ok: false, reason: `the ${quoted(names)} header is missing` };
  if (typeof value !== 'string') return { ok: false, reason: `the \`${name}\` header came ${value.length} times` };
  if (value === '') return { ok: false, reason: `the \`${name}\` header is empty` };
  if (value.length > LIMIT) return { ok: false, reason: `the \`${name}\` header is longer than 8 KiB` };
  return { ok: true, name, value };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(' or ');
}
