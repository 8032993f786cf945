import type { Parsed } from '../../core/delivery/delivery.ts';
import type { SchemeOptions } from '../../core/provider/scheme/scheme-axes.ts';
import { type Algorithm, algorithms, decode, type Encoding, encodings } from '../digest.ts';

/** Something in a delivery that has the length of a hash, and how a scheme would find it there. */
export interface Proof {
  readonly where: string;
  readonly bytes: Buffer;
  readonly encoding: Encoding;
  /** The axes that lead to it. */
  readonly options: SchemeOptions;
}

const LENGTHS: Readonly<Record<Algorithm, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };
const MOST = 60;
const LONGEST = 2_000;
/** Headers that tell how a request travelled. */
export const TRAVEL =
  /^(?:host|connection|content-(?:length|type|encoding)|accept.*|user-agent|via|forwarded|x-forwarded-.*|x-real-ip|cf-.*|cookie|traceparent|tracestate|transfer-encoding|date|expect|te)$/;

/** What parts the items of a list, and what the option calls it. */
const PARTINGS = { comma: ',', semicolon: ';', ampersand: '&', space: ' ' } as const;

/** The texts in a delivery that may be a hash, the likeliest first. */
export function readProofs(delivery: Parsed): readonly Proof[] {
  const found: Proof[] = [];
  for (const [name, value] of Object.entries(delivery.headers)) {
    if (TRAVEL.test(name)) continue;
    for (const text of [value].flat())
      if (text.length <= LONGEST) add(text, `the \`${name}\` header`, { header: name });
  }
  for (const [name, value] of Object.entries(delivery.query))
    for (const text of [value].flat()) add(text, `\`${name}=\` in the address`, { query: name }, true);
  for (const [path, text] of scalars(delivery.payload)) add(text, `\`${path}\` in the body`, { field: path }, true);
  return found.slice(0, MOST);

  function add(text: string, where: string, place: SchemeOptions, whole = false): void {
    note(text, where, place);
    const [, prefix = '', rest = ''] = /^([\w.-]{1,20}[=:,])\s*(\S+)$/.exec(text) ?? [];
    if (prefix && (!whole || place.query)) note(rest, where, { ...place, prefix });
    if (whole) return;
    for (const [list, separator] of Object.entries(PARTINGS)) {
      const items = text.split(separator, 21);
      if (items.length < 2 || items.length > 20) continue;
      for (const item of items.map((each) => each.trim())) {
        const [, name, value = ''] = /^([\w.-]{1,30})=(\S+)$/.exec(item) ?? [];
        if (name && value && !/^=+$/.test(value)) note(value, where, { ...place, list, item: name });
        else note(item, where, { ...place, list });
        const [, before = '', after = ''] = /^(v\d+[,:])(\S+)$/.exec(item) ?? [];
        if (before) note(after, where, { ...place, list, prefix: before });
      }
    }
  }

  function note(text: string, where: string, options: SchemeOptions): void {
    if (text.length < 26 || text.length > 130) return;
    for (const encoding of encodings) {
      const bytes = decode(text, encoding);
      if (bytes && Object.values(LENGTHS).includes(bytes.length)) found.push({ where, bytes, encoding, options });
    }
  }
}

/** The hash that has so many bytes. */
export function algorithmOf({ bytes }: Pick<Proof, 'bytes'>): Algorithm | undefined {
  return algorithms.find((algorithm) => LENGTHS[algorithm] === bytes.length);
}

const MOST_SCALARS = 200;
const DEEPEST = 3;

/** The texts near the top of a payload, by their paths. */
export function scalars(payload: unknown): readonly (readonly [path: string, text: string])[] {
  const found: (readonly [string, string])[] = [];
  walk(payload, [], 0);
  return found;

  function walk(value: unknown, path: readonly string[], depth: number): void {
    if (found.length >= MOST_SCALARS) return;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
      const text = String(value);
      if (path.length && text && text.length <= LONGEST) found.push([path.join('.'), text]);
      return;
    }
    if (typeof value !== 'object' || value === null || depth >= DEEPEST) return;
    for (const [key, part] of Object.entries(value)) if (!/[.\s]/.test(key)) walk(part, [...path, key], depth + 1);
  }
}
