import { defineHelper } from '../template/helper.ts';
import { reckonAll } from '../values/figure.ts';

export default defineHelper({
  summary: 'Numbers added up; nothing where one is not a number.',
  example: '{{add passed failed}}',
  given: { passed: 40, failed: 2 },
  gives: '42',
  run: ({ values }) => reckonAll(values, { exact: (a, b) => a + b, near: (a, b) => a + b }),
});
