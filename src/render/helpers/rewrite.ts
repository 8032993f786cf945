import { defineHelper } from '../template/helper.ts';
import { replaceFound } from '../values/regular-expression.ts';
import { plainText, toText } from '../values/text.ts';

export default defineHelper({
  summary:
    'Text with another in place of all that a regular expression (RE2) finds; $1 is what its first group found. It looks at 2,000 characters.',
  example: '{{rewrite title "^\\[\\w+\\] *" ""}}',
  given: { title: '[prod] Disk full' },
  gives: 'Disk full',
  run: ({ values: [value, pattern, by], spend }) =>
    toText(replaceFound(plainText(value), { pattern: plainText(pattern), by: plainText(by), spend })),
});
