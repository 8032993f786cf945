import { isTruthy } from '../blocks.ts';
import { defineHelper } from '../helper.ts';

export default defineHelper({
  summary: 'The first value that is there.',
  example: '{{or user.name user.login}}',
  run: ({ values }) => values.find(isTruthy) ?? values.at(-1),
});
