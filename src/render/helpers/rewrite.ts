import { defineHelper } from '../template/helper.ts';
import { replaceFound } from '../values/regular-expression.ts';
import { plainText, toText } from '../values/text.ts';

export default defineHelper({
  summary: 'Text with another in place of all that a regular expression (RE2) finds; $1 is what its first group found.',
  example: '{{rewrite title "^\\[\\w+\\] *" ""}}',
  given: { title: '[prod] Disk full' },
  gives: 'Disk full',
  run: ({ values: [value, pattern, by] }) => toText(replaceFound(plainText(value), plainText(pattern), plainText(by))),
});
