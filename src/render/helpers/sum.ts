import { defineHelper } from '../template/helper.ts';
import { ownValue, toList, toNumber } from '../values/values.ts';

export default defineHelper({
  summary: 'Adds up numbers: of a list, of one property of its items, or as given.',
  example: '{{sum items "quantity"}}',
  run({ values: [value, path] }) {
    const list = toList(value).map((item) => (path === undefined ? item : ownValue(item, path)));
    return list.reduce<number>((total, item) => total + (toNumber(item) ?? 0), 0);
  },
});
