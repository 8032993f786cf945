import { defineHelper } from '../template/helper.ts';
import { toCount, toList } from '../values/values.ts';

export default defineHelper({
  summary: 'The first so many items of a list.',
  example: '{{join (take tags 2)}}',
  given: { tags: ['v3', 'v2', 'v1'] },
  gives: 'v3, v2',
  run: ({ values: [list, count] }) => toList(list).slice(0, toCount(count, 1)),
});
