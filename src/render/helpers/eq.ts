import { defineHelper } from '../template/helper.ts';
import { same } from '../values/values.ts';

export default defineHelper({
  summary: 'Whether two values are the same.',
  example: '{{#if (eq action "opened")}}new{{/if}}',
  given: { action: 'opened' },
  gives: 'new',
  run: ({ values: [left, right] }) => same(left, right),
});
