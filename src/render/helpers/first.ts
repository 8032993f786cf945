import { defineHelper } from '../helper.ts';
import { toList } from '../values.ts';

export default defineHelper({
  summary: 'The first item of a list.',
  example: '{{first commits}}',
  run: ({ values: [list] }) => toList(list)[0],
});
