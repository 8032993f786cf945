import { defineHelper } from '../template/helper.ts';
import { findFirst } from '../values/regular-expression.ts';
import { plainText, toText } from '../values/text.ts';
import { toNumber } from '../values/values.ts';

export default defineHelper({
  summary:
    'What a regular expression (RE2) finds first in a text: its first group where it has one, or the group whose number is given. It looks at 2,000 characters.',
  example: '{{match title "^\\[(\\w+)\\]"}}',
  given: { title: '[prod] Disk full' },
  gives: 'prod',
  named: { group: 'number' },
  run({ values: [value, pattern], named: { group }, spend }) {
    const number = toNumber(group);
    const wanted = number === undefined ? undefined : Math.max(0, Math.trunc(number));
    return toText(findFirst(plainText(value), { pattern: plainText(pattern), group: wanted, spend }));
  },
});
