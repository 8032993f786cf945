import { codeBlock } from '../markdown/code-markdown.ts';
import { safeMarkdown } from '../markdown/safe-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'Shows text as a block of code.',
  example: '{{codeblock error.stack language="js"}}',
  given: { error: { stack: 'Error: no door\n  at open' } },
  gives: 'Error: no door at open',
  named: { language: 'text' },
  run: ({ values: [value], named: { language } }) => safeMarkdown(codeBlock(toText(value), toText(language))),
});
