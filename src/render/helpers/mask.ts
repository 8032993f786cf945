import { defineHelper } from '../template/helper.ts';
import { plainText } from '../values/text.ts';
import { toCount } from '../values/values.ts';

const SHORTEST = 8;

export default defineHelper({
  summary: 'A text with all but its last four characters hidden, or as many as keep says; all of a short one.',
  example: '{{mask account_number}}',
  given: { account_number: 'DE02120300000000202051' },
  gives: '••••2051',
  named: { keep: 'number' },
  run({ values: [value], named: { keep } }) {
    const text = plainText(value).trim();
    if (text === '') return '';
    const shown = text.length < SHORTEST ? 0 : Math.min(toCount(keep, 4, 8), Math.floor(text.length / 2));
    return `••••${shown > 0 ? text.slice(-shown) : ''}`;
  },
});
