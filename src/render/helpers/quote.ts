import { quoteMarkdown } from '../markdown/quote-markdown.ts';
import { safeMarkdown, toMarkdown } from '../markdown/safe-markdown.ts';
import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary: 'Shows what somebody else said as a quote, apart from what the message says itself.',
  example: '{{quote (markdown (excerpt issue.body 400))}}',
  given: { issue: { body: 'It sticks.' } },
  gives: 'It sticks.',
  run: ({ values: [value] }) => safeMarkdown(quoteMarkdown(toMarkdown(value))),
});
