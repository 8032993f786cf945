import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';
import { isBlank } from '../values/values.ts';

export default defineHelper({
  summary: 'Whether a text ends with another.',
  example: '{{#if (endsWith file ".md")}}docs{{/if}}',
  given: { file: 'README.md' },
  gives: 'docs',
  run: ({ values: [value, end] }) => !isBlank(end) && toText(value).endsWith(toText(end)),
});
