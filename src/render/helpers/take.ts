import { defineHelper } from '../template/helper.ts';
import { toCount, toList } from '../values/values.ts';

export default defineHelper({
  summary: 'The first so many items of a list.',
  example: '{{#each (take commits 5)}}…{{/each}}',
  run: ({ values: [list, count] }) => toList(list).slice(0, toCount(count, 1)),
});
