import { inlineCode } from '../code-markdown.ts';
import { defineHelper } from '../helper.ts';
import { safeMarkdown } from '../safe-markdown.ts';
import { toText } from '../text.ts';

export default defineHelper({
  summary: 'Shows text as code.',
  example: '{{code ref}}',
  run: ({ values: [value] }) => safeMarkdown(inlineCode(toText(value))),
});
