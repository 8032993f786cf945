import { keysOf, NAMES_LIMIT } from './keys.ts';
import { pairOf } from './pairs.ts';
import { isObject } from './scalar.ts';

/** Whether a key is a name somebody gave, not one a programmer chose. */
const GIVEN_NAME = /[.@\s:]|^\d+$|^[A-Z][a-z]+ /;

/** The items of an object that is a list by name: `{"db1.example": {…}, "db2.example": {…}}`. */
export function mapItems(
  value: Readonly<Record<string, unknown>>,
): readonly Readonly<Record<string, unknown>>[] | undefined {
  const items: Readonly<Record<string, unknown>>[] = [];
  for (const key of keysOf(value)) {
    const inner = value[key];
    if (!GIVEN_NAME.test(key) || !isObject(inner) || pairOf(inner) || keysOf(inner).length === NAMES_LIMIT)
      return undefined;
    items.push(Object.hasOwn(inner, 'name') ? inner : { name: key, ...inner });
  }
  return items.length > 0 ? items : undefined;
}
