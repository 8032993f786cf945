import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';
import { toCount, toNumber } from '../values/values.ts';

const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });

export default defineHelper({
  summary: 'A number with separators, with so many digits after the point.',
  example: '{{number total digits=2}}',
  run({ values: [value], named: { digits } }) {
    const number = toNumber(value);
    if (number === undefined) return toText(value);
    if (digits === undefined) return plain.format(number);
    const places = toCount(digits, 0, 10);
    return number.toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places });
  },
});
