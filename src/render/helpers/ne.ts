import { defineHelper } from '../template/helper.ts';
import { same } from '../values/values.ts';

export default defineHelper({
  summary: 'Whether two values differ.',
  example: '{{#if (ne action "deleted")}}still there{{/if}}',
  given: { action: 'edited' },
  gives: 'still there',
  run: ({ values: [left, right] }) => !same(left, right),
});
