import type { Parsed } from '../../core/delivery/delivery.ts';

/** Nobody posts a form of more fields than this, and sorting them is work. */
const MOST_FIELDS = 1_000;

/** The fields of a form, decoded once, in the order they came; nothing where the body is not a form. */
export function formFields({
  headers,
  body,
}: Pick<Parsed, 'headers' | 'body'>): readonly (readonly [string, string])[] | undefined {
  const type = headers['content-type'];
  if (body.length > 0 && (typeof type !== 'string' || !/^application\/x-www-form-urlencoded\b/i.test(type)))
    return undefined;
  const fields = [...new URLSearchParams(body.toString())];
  return fields.length > MOST_FIELDS ? undefined : fields;
}

/** Sorts by code unit, as senders do before they sign. */
export function byCode(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Each field's name and values, sorted, without anything between them. */
export function sortedText(fields: readonly (readonly [string, string])[]): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of fields) values.set(name, (values.get(name) ?? new Set()).add(value));
  return [...values]
    .toSorted(([a], [b]) => byCode(a, b))
    .map(([name, each]) =>
      [...each]
        .toSorted(byCode)
        .map((value) => name + value)
        .join(''),
    )
    .join('');
}
