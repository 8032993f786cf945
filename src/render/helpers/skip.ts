import { defineHelper } from '../template/helper.ts';
import { toCount, toList } from '../values/values.ts';

export default defineHelper({
  summary: 'A list without its first so many items.',
  example: '{{join (skip tags 1)}}',
  given: { tags: ['v3', 'v2', 'v1'] },
  gives: 'v2, v1',
  run: ({ values: [list, count] }) => toList(list).slice(toCount(count, 1)),
});
