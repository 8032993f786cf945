import { inlineCode } from '../markdown/code-markdown.ts';
import { safeMarkdown } from '../markdown/safe-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'Shows text as code.',
  example: '{{code ref}}',
  given: { ref: 'v1.2' },
  gives: 'v1.2',
  run: ({ values: [value] }) => safeMarkdown(inlineCode(toText(value))),
});
