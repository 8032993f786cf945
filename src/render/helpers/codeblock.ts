import { codeBlock } from '../code-markdown.ts';
import { defineHelper } from '../helper.ts';
import { safeMarkdown } from '../safe-markdown.ts';
import { toText } from '../text.ts';

export default defineHelper({
  summary: 'Shows text as a block of code.',
  example: '{{codeblock error.stack language="js"}}',
  run: ({ values: [value], named: { language } }) => safeMarkdown(codeBlock(toText(value), toText(language))),
});
