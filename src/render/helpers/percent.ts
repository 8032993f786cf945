import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';
import { toCount, toNumber } from '../values/values.ts';

export default defineHelper({
  summary: 'A share as a percentage: 0.25 is 25%; with of=100 the value counts hundredths already.',
  example: '{{percent coverage of=100}}',
  given: { coverage: 87.25 },
  gives: '87.3%',
  named: { of: 'number', digits: 'number' },
  run({ values: [value], named: { of: whole, digits } }) {
    const [number, total] = [toNumber(value), toNumber(whole) ?? 1];
    if (number === undefined || total === 0) return toText(value);
    const share = (number / total) * 100;
    return `${share.toLocaleString('en-US', { maximumFractionDigits: toCount(digits, 1, 6) })}%`;
  },
});
