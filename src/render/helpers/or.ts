import { isTruthy } from '../template/blocks.ts';
import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary: 'The first value that is there.',
  example: '{{or user.name user.login}}',
  given: { user: { login: 'octocat' } },
  gives: 'octocat',
  run: ({ values }) => values.find(isTruthy) ?? values.at(-1),
});
