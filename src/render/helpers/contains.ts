import { defineHelper } from '../template/helper.ts';
import { plainText } from '../values/text.ts';
import { isBlank } from '../values/values.ts';

export default defineHelper({
  summary: 'Whether a list has an item, or a text another text, without regard to case.',
  example: '{{#if (contains labels "bug")}}a bug{{/if}}',
  given: { labels: ['Bug', 'ui'] },
  gives: 'a bug',
  run({ values: [value, wanted] }) {
    if (isBlank(wanted)) return false;
    const sought = plainText(wanted).toLowerCase();
    if (Array.isArray(value)) return value.some((item) => plainText(item).toLowerCase() === sought);
    return plainText(value).toLowerCase().includes(sought);
  },
});
