import { defineHelper } from '../template/helper.ts';
import { compare } from '../values/values.ts';

export default defineHelper({
  summary: 'Whether the first value is at least the second.',
  example: '{{#if (gte size 10)}}large{{/if}}',
  given: { size: 10 },
  gives: 'large',
  run({ values: [left, right] }) {
    const order = compare(left, right);
    return order !== undefined && order >= 0;
  },
});
