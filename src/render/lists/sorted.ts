import { type Figure, toFigure } from '../values/figure.ts';
import { plainText } from '../values/text.ts';
import { isBlank, ownValue } from '../values/values.ts';

/** No message shows longer lists; what comes after stays as it is. */
const SORTED = 2_000;

type Key = { readonly figure: Figure } | { readonly text: string } | undefined;

/** A list in order: numbers before texts, and what is not there last in both directions. Equal ones stay in their order. */
export function sorted(list: readonly unknown[], path: unknown, direction: 1 | -1): readonly unknown[] {
  const keyed = list
    .slice(0, SORTED)
    .map((item) => ({ item, key: keyOf(path === undefined ? item : ownValue(item, path)) }));
  const order = keyed.toSorted((a, b) => {
    if (!a.key || !b.key) return (a.key ? 0 : 1) - (b.key ? 0 : 1);
    return compareKeys(a.key, b.key) * direction;
  });
  return [...order.map(({ item }) => item), ...list.slice(SORTED)];
}

function keyOf(value: unknown): Key {
  if (isBlank(value)) return undefined;
  const figure = toFigure(value);
  return figure === undefined ? { text: plainText(value).toLowerCase() } : { figure };
}

function compareKeys(a: NonNullable<Key>, b: NonNullable<Key>): number {
  if ('figure' in a && 'figure' in b) return a.figure < b.figure ? -1 : a.figure > b.figure ? 1 : 0;
  if ('text' in a && 'text' in b) return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
  return 'figure' in a ? -1 : 1;
}
