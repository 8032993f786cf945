import { isThere } from '../markdown/is-there.ts';
import { joinValues } from '../markdown/join-values.ts';
import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary: 'A value with words after it; nothing at all where the value is not there.',
  example: '{{facts (after wait " min in the queue")}}',
  given: { wait: 0 },
  gives: '0 min in the queue',
  run: ({ values: [value, words] }) => (isThere(value) ? joinValues([value, words], '') : ''),
});
