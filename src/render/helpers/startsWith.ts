import { defineHelper } from '../helper.ts';
import { toText } from '../text.ts';
import { isBlank } from '../values.ts';

export default defineHelper({
  summary: 'Whether a text starts with another.',
  example: '{{#if (startsWith ref "refs/tags/")}}…{{/if}}',
  run: ({ values: [value, start] }) => !isBlank(start) && toText(value).startsWith(toText(start)),
});
