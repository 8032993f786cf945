import { defineHelper } from '../template/helper.ts';
import { moneyText } from '../values/money-text.ts';
import { toText } from '../values/text.ts';
import { toNumber } from '../values/values.ts';

export default defineHelper({
  summary: 'An amount in the smallest unit of its currency.',
  example: '{{money amount currency}}',
  run({ values: [value, currency] }) {
    const amount = toNumber(value);
    if (amount === undefined) return toText(value);
    return moneyText(amount, toText(currency));
  },
});
