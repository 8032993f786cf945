import { isTruthy } from '../blocks.ts';
import { defineHelper } from '../helper.ts';

export default defineHelper({
  summary: 'The first value that is not there, else the last one.',
  example: '{{#if (and merged (eq action "closed"))}}…{{/if}}',
  run: ({ values }) => values.find((value) => !isTruthy(value)) ?? values.at(-1),
});
