import { inlineCode } from '../code-markdown.ts';
import { defineHelper } from '../helper.ts';
import { safeMarkdown } from '../safe-markdown.ts';
import { toText } from '../text.ts';
import { isBlank } from '../values.ts';

export default defineHelper({
  summary: 'Shows text as code, and nothing for nothing.',
  example: '{{code ref}}',
  run: ({ values: [value] }) => safeMarkdown(isBlank(value) ? '' : inlineCode(toText(value))),
});
