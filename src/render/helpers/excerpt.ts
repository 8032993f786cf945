import { cutMarkdown } from '../markdown/cut-markdown.ts';
import { withoutComments } from '../markdown/tame-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';
import { toCount } from '../values/values.ts';

export default defineHelper({
  summary: 'The beginning of a text without HTML comments, cut at a word: at most so many characters, and five lines.',
  example: '{{excerpt issue.body 20}}',
  given: { issue: { body: 'The door does not close <!-- any more -->' } },
  gives: 'The door does not…',
  named: { lines: 'number' },
  run: ({ values: [value, limit], named: { lines } }) =>
    cutMarkdown(withoutComments(toText(value)).trim(), toCount(limit, 300), toCount(lines, LINES)),
});

const LINES = 5;
