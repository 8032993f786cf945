import { defineHelper } from '../template/helper.ts';
import { durationText } from '../values/duration-text.ts';
import { toText } from '../values/text.ts';
import { toNumber } from '../values/values.ts';

export default defineHelper({
  summary: 'Seconds as people say them: 7500 is "2 h 5 min". With unit="ms" the value counts milliseconds.',
  example: '{{duration build.seconds}}',
  given: { build: { seconds: 7_500 } },
  gives: '2 h 5 min',
  named: { unit: ['s', 'ms'] },
  run({ values: [value], named: { unit } }) {
    const amount = toNumber(value);
    if (amount === undefined) return toText(value);
    return durationText(unit === 'ms' ? amount / 1000 : amount);
  },
});
