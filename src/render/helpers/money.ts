import { moneyText } from '../../core/text/money.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';
import { toNumeral } from '../values/values.ts';

export default defineHelper({
  summary: 'An amount in the smallest unit of its currency.',
  example: '{{money amount currency}}',
  given: { amount: 1_999, currency: 'usd' },
  gives: '$19.99',
  run({ values: [value, currency], draft: { minorUnits } }) {
    const amount = toNumeral(value);
    return amount === undefined ? toText(value) : moneyText(amount, toText(currency), minorUnits);
  },
});
