import { isTruthy } from '../template/blocks.ts';
import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary: 'The first value that is not there, else the last one.',
  example: '{{#if (and merged (eq action "closed"))}}merged{{/if}}',
  given: { merged: true, action: 'closed' },
  gives: 'merged',
  run({ values }) {
    const missing = values.findIndex((value) => !isTruthy(value));
    return values.at(missing); // Where none is missing, -1 is the last one.
  },
});
