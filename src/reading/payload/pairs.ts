import { keysOf } from './keys.ts';
import { isObject, type Scalar, toScalar } from './scalar.ts';

const PAIR_LABELS = [
  'label',
  'title',
  'name',
  'key',
  'field',
  'attribute',
  'question',
  'attributeName',
  'fieldName',
] as const;
const PAIR_VALUES = ['value', 'answer', 'attributeValue', 'val'] as const;
const PAIR_REST = /^(?:short|inline|type|id|wide|field_?type|order|unit|sort_?order|display|ref|key|slug)$/i;

/** A named value as lists of fields have it: `{"title": "Branch", "value": "main"}`. */
export function pairOf(value: unknown): readonly [string, Scalar | readonly Scalar[]] | undefined {
  if (!isObject(value)) return undefined;
  const valueKey = PAIR_VALUES.find((key) => Object.hasOwn(value, key));
  const labelKey = valueKey && PAIR_LABELS.find((key) => typeof value[key] === 'string' && value[key] !== '');
  if (!valueKey || !labelKey) return undefined;
  for (const key of keysOf(value)) if (key !== valueKey && key !== labelKey && !PAIR_REST.test(key)) return undefined;
  const found = value[valueKey];
  const list = Array.isArray(found) ? found.flatMap((item) => toScalar(item) ?? []) : undefined;
  const scalar = list ?? toScalar(found);
  return scalar === undefined || (list && list.length === 0)
    ? [String(value[labelKey]), '']
    : [String(value[labelKey]), scalar];
}
