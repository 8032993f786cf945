import { defineHelper } from '../template/helper.ts';
import { reckonAll } from '../values/figure.ts';

export default defineHelper({
  summary: 'Numbers multiplied; nothing where one is not a number.',
  example: '{{multiply seats 12}}',
  given: { seats: 3 },
  gives: '36',
  run: ({ values }) => reckonAll(values, { exact: (a, b) => a * b, near: (a, b) => a * b }),
});
