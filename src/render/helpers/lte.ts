import { defineHelper } from '../template/helper.ts';
import { compare } from '../values/values.ts';

export default defineHelper({
  summary: 'Whether the first value is at most the second.',
  example: '{{#if (lte size 10)}}small{{/if}}',
  given: { size: 10 },
  gives: 'small',
  run({ values: [left, right] }) {
    const order = compare(left, right);
    return order !== undefined && order <= 0;
  },
});
