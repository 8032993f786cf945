import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';
import { isBlank, same } from '../values/values.ts';

export default defineHelper({
  summary: 'Whether a list has an item, or a text another text, without regard to case.',
  example: '{{#if (contains labels "bug")}}…{{/if}}',
  run({ values: [value, wanted] }) {
    if (Array.isArray(value)) return value.some((item) => same(item, wanted));
    return !isBlank(wanted) && toText(value).toLowerCase().includes(toText(wanted).toLowerCase());
  },
});
