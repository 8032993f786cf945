import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'The first line of a text that is not blank.',
  example: '{{firstline commit.message}}',
  given: { commit: { message: 'Close the door\n\nIt stood open.' } },
  gives: 'Close the door',
  run: ({ values: [value] }) => /\S[^\r\n]*/.exec(toText(value))?.[0].trimEnd() ?? '',
});
