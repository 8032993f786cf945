import { isSafeMarkdown, safeMarkdown } from '../markdown/safe-markdown.ts';
import { tameMarkdown } from '../markdown/tame-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'Keeps the Markdown of a text from outside, still without pings.',
  example: '{{markdown (excerpt issue.body 500)}}',
  run: ({ values: [value] }) => (isSafeMarkdown(value) ? value : safeMarkdown(tameMarkdown(toText(value)))),
});
