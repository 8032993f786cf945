import { defineHelper } from '../template/helper.ts';
import { ownValue, toList, toNumber } from '../values/values.ts';

type Figure = number | bigint;

export default defineHelper({
  summary: 'Adds up numbers: of a list, of one property of its items, or as given.',
  example: '{{sum items "quantity"}}',
  given: { items: [{ quantity: 2 }, { quantity: 3 }] },
  gives: '5',
  run({ values: [value, path] }) {
    const list = toList(value).map((item) => (path === undefined ? item : ownValue(item, path)));
    return list.reduce<Figure>((total, item) => add(total, typeof item === 'bigint' ? item : (toNumber(item) ?? 0)), 0);
  },
});

/** Whole numbers keep their digits, however long they are. */
function add(a: Figure, b: Figure): Figure {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  return isWhole(a) && isWhole(b) ? BigInt(a) + BigInt(b) : Number(a) + Number(b);
}

function isWhole(figure: Figure): boolean {
  return typeof figure === 'bigint' || Number.isSafeInteger(figure);
}
