import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';
import { toNumber } from '../values/values.ts';

export default defineHelper({
  summary: 'A number with the word that fits it.',
  example: '{{plural (count commits) "commit" "commits"}}',
  given: { commits: [1, 2] },
  gives: '2 commits',
  run({ values: [value, one, many] }) {
    const amount = Array.isArray(value) ? value.length : (toNumber(value) ?? 0);
    const word = amount === 1 ? toText(one) : toText(many ?? `${toText(one)}s`);
    return `${amount.toLocaleString('en-US')} ${word}`.trim();
  },
});
