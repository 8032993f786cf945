import { defineHelper } from '../template/helper.ts';
import { reckonAll } from '../values/figure.ts';

export default defineHelper({
  summary: 'The first number less those after it; nothing where one is not a number.',
  example: '{{subtract total done}}',
  given: { total: 10, done: 7 },
  gives: '3',
  run: ({ values }) => reckonAll(values, { exact: (a, b) => a - b, near: (a, b) => a - b }),
});
