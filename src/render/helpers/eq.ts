import { defineHelper } from '../template/helper.ts';
import { same } from '../values/values.ts';

export default defineHelper({
  summary: 'Whether two values are the same.',
  example: '{{#if (eq action "opened")}}…{{/if}}',
  run: ({ values: [left, right] }) => same(left, right),
});
