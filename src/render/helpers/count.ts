import { defineHelper } from '../template/helper.ts';
import { toList } from '../values/values.ts';

export default defineHelper({
  summary: 'How many items a list has, or how many names an object.',
  example: '{{count commits}}',
  given: { commits: [{}, {}] },
  gives: '2',
  run: ({ values: [list] }) => toList(list).length,
});
