import { defineHelper } from '../helper.ts';
import { isSafeMarkdown, safeMarkdown } from '../safe-markdown.ts';
import { tameMarkdown } from '../tame-markdown.ts';
import { toText } from '../text.ts';

export default defineHelper({
  summary: 'Keeps the Markdown of a text from outside, still without pings.',
  example: '{{markdown (excerpt issue.body 500)}}',
  run: ({ values: [value] }) => (isSafeMarkdown(value) ? value : safeMarkdown(tameMarkdown(toText(value)))),
});
