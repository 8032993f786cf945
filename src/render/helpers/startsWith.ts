import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';
import { isBlank } from '../values/values.ts';

export default defineHelper({
  summary: 'Whether a text starts with another.',
  example: '{{#if (startsWith ref "refs/tags/")}}a tag{{/if}}',
  given: { ref: 'refs/tags/v1' },
  gives: 'a tag',
  run: ({ values: [value, start] }) => !isBlank(start) && toText(value).startsWith(toText(start)),
});
