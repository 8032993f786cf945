import { defineHelper } from '../template/helper.ts';
import { toList } from '../values/values.ts';

export default defineHelper({
  summary: 'The last item of a list.',
  example: '{{last commits}}',
  run: ({ values: [list] }) => toList(list).at(-1),
});
