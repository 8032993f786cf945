import { defineHelper } from '../template/helper.ts';
import { toList } from '../values/values.ts';

export default defineHelper({
  summary: 'The first item of a list.',
  example: '{{first commits}}',
  run: ({ values: [list] }) => toList(list)[0],
});
