import { defineHelper } from '../template/helper.ts';
import { toList } from '../values/values.ts';

export default defineHelper({
  summary: 'The last item of a list.',
  example: '{{last tags}}',
  given: { tags: ['v2', 'v1'] },
  gives: 'v1',
  run: ({ values: [list] }) => toList(list).at(-1),
});
