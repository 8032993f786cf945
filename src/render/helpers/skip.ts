import { defineHelper } from '../template/helper.ts';
import { toCount, toList } from '../values/values.ts';

export default defineHelper({
  summary: 'A list without its first so many items.',
  example: '{{#each (skip commits 5)}}…{{/each}}',
  run: ({ values: [list, count] }) => toList(list).slice(toCount(count, 1)),
});
