import { joinValues } from '../markdown/join-values.ts';
import { defineHelper } from '../template/helper.ts';
import { isBlank } from '../values/values.ts';

export default defineHelper({
  summary: 'A value with words after it; nothing at all where the value is not there.',
  example: '{{facts (after wait " min in the queue")}}',
  run: ({ values: [value, words] }) => (isBlank(value) || value === false ? '' : joinValues([value, words], '')),
});
