import { defineHelper } from '../template/helper.ts';
import { compare } from '../values/values.ts';

export default defineHelper({
  summary: 'Whether the first value is less than the second.',
  example: '{{#if (lt size 10)}}small{{/if}}',
  given: { size: 9 },
  gives: 'small',
  run({ values: [left, right] }) {
    const order = compare(left, right);
    return order !== undefined && order < 0;
  },
});
