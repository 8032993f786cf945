import { keysOf, NAMES_LIMIT } from './keys.ts';
import { singular } from './names.ts';
import { pairOf } from './pairs.ts';
import { isObject } from './scalar.ts';

/** Whether a key is a name somebody gave, not one a programmer chose. */
const GIVEN_NAME = /[.@\s:]|^\d+$|^[A-Z][a-z]+ /;

/** What says of each of several things how it stands. */
const STATE = /^(?:status|state|result|health|healthy|ok|passed|success|conclusion|outcome)$/i;

/** The items of an object that is a list by name: `{"db1.example": {…}, "db2.example": {…}}`, or `checks` of which each has its own state. */
export function mapItems(
  name: string,
  value: Readonly<Record<string, unknown>>,
): readonly Readonly<Record<string, unknown>>[] | undefined {
  const items: Readonly<Record<string, unknown>>[] = [];
  const isPlural = singular(name) !== name && keysOf(value).length > 1;
  for (const key of keysOf(value)) {
    const inner = value[key];
    if (!isObject(inner) || pairOf(inner)) return undefined;
    const keys = keysOf(inner);
    if (keys.length === NAMES_LIMIT || !(GIVEN_NAME.test(key) || (isPlural && keys.some((own) => STATE.test(own)))))
      return undefined;
    items.push(Object.hasOwn(inner, 'name') ? inner : { name: key, ...inner });
  }
  return items.length > 0 ? items : undefined;
}
