import { isTruthy } from '../template/blocks.ts';
import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary: 'Whether a value is not there.',
  example: '{{#if (not draft)}}ready{{/if}}',
  given: { draft: false },
  gives: 'ready',
  run: ({ values: [value] }) => !isTruthy(value),
});
