import { cutMarkdown } from '../markdown/cut-markdown.ts';
import { isSafeMarkdown, safeMarkdown } from '../markdown/safe-markdown.ts';
import { tameMarkdown } from '../markdown/tame-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';
import { toCount } from '../values/values.ts';

export default defineHelper({
  summary:
    'Keeps the Markdown of a text from outside, and its HTML as Markdown, still without pings. With a number only its beginning: at most so many characters, and five lines.',
  example: '{{quote (markdown issue.body 400)}}',
  given: { issue: { body: 'It **sticks**.' } },
  gives: 'It sticks.',
  named: { lines: 'number' },
  run({ values: [value, limit], named: { lines } }) {
    if (isSafeMarkdown(value)) return value;
    const text = toText(value);
    if (limit === undefined) return safeMarkdown(tameMarkdown(text));
    return safeMarkdown(tameMarkdown(text, (said) => cutMarkdown(said, toCount(limit, 300), toCount(lines, LINES))));
  },
});

const LINES = 5;
