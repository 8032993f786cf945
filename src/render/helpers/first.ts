import { defineHelper } from '../template/helper.ts';
import { toList } from '../values/values.ts';

export default defineHelper({
  summary: 'The first item of a list.',
  example: '{{first tags}}',
  given: { tags: ['v2', 'v1'] },
  gives: 'v2',
  run: ({ values: [list] }) => toList(list)[0],
});
