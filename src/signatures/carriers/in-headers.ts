import { carries, readHeader } from '../read-header.ts';
import { type Carrier, splitList } from './carrier.ts';

export type HeaderNames = string | readonly [string, ...string[]];

export interface InHeadersOptions {
  /** In lower case. Of several, the first that is there counts. */
  readonly header: HeaderNames;
  /** Must be there, and is not part of the signature. */
  readonly prefix?: string;
  /** What parts several signatures in the header, of which one must match. A comma when `true`. */
  readonly list?: true | ',' | ' ' | ';';
  /** Whether every header that is there counts, for one may hold the signature of a key that is being replaced. */
  readonly every?: true;
  /** Whether the header itself may be repeated, once for each key. */
  readonly repeats?: true;
}

/** Signatures in a header, or in several. */
export function inHeaders({ header, prefix = '', list, every, repeats }: InHeadersOptions): Carrier {
  const names = typeof header === 'string' ? ([header] as const) : header;
  const separator = list === true ? ',' : list;

  return {
    prefix,
    read({ headers }) {
      const present = every ? names.filter((name) => carries(headers, name)) : [];
      const found = (present.length ? present : [names]).map((name) =>
        readHeader(repeats ? joined(headers) : headers, ...[name].flat()),
      );
      const items: string[] = [];
      for (const one of found) {
        if (!one.ok) return one;
        const split = toItems(one.value, `the \`${one.name}\` header`);
        if (typeof split === 'string') return { ok: false, reason: split };
        items.push(...split);
      }
      const [first] = found;
      return {
        ok: true,
        where: `the \`${first?.ok ? first.name : names[0]}\` header`,
        signatures: items.filter((item) => item.startsWith(prefix)).map((item) => item.slice(prefix.length)),
      };
    },
    toHeaders: (signature) => ({ [names[0]]: prefix + signature }),
  };

  function toItems(value: string, where: string): readonly string[] | string {
    const by = repeats ? ',' : separator;
    if (!by) return [value];
    const items = splitList(value, by, where);
    return typeof items === 'string' ? items : items.map((item) => item.trim());
  }

  function joined(headers: Parameters<typeof readHeader>[0]): Parameters<typeof readHeader>[0] {
    const several = names.filter((name) => Array.isArray(headers[name]));
    if (several.length === 0) return headers;
    return { ...headers, ...Object.fromEntries(several.map((name) => [name, [headers[name]].flat().join(',')])) };
  }
}

/** `x-signature-1`, `x-signature-2` and so on. */
export function numbered(stem: string, count: number): readonly [string, ...string[]] {
  return [`${stem}1`, ...Array.from({ length: count - 1 }, (_, index) => `${stem}${index + 2}`)];
}
