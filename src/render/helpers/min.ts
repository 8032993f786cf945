import { defineHelper } from '../template/helper.ts';
import { outermost } from '../values/outermost.ts';

export default defineHelper({
  summary: 'The least of numbers, given one by one or as lists.',
  example: '{{min (pluck replicas "lag")}}',
  given: { replicas: [{ lag: 3 }, { lag: 12 }] },
  gives: '3',
  run: ({ values }) => outermost(values, (value, best) => value < best),
});
