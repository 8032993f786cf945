import { defineHelper } from '../template/helper.ts';
import { numberText } from '../values/number-text.ts';
import { toText } from '../values/text.ts';
import { toCount, toNumeral } from '../values/values.ts';

export default defineHelper({
  summary: 'A number with separators, with so many digits after the point.',
  example: '{{number total digits=2}}',
  given: { total: 1_234.5 },
  gives: '1,234.50',
  named: { digits: 'number' },
  run({ values: [value], named: { digits } }) {
    const number = toNumeral(value);
    if (number === undefined) return toText(value);
    if (digits === undefined) return numberText(number);
    const places = toCount(digits, 0, 10);
    return new Intl.NumberFormat('en-US', { minimumFractionDigits: places, maximumFractionDigits: places }).format(
      number as `${number}`, // As text, a number of any length keeps its digits.
    );
  },
});
