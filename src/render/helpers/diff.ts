import { codeBlock } from '../markdown/code-markdown.ts';
import { safeMarkdown } from '../markdown/safe-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { diffText } from '../values/diff-text.ts';
import { toText } from '../values/text.ts';
import { toCount } from '../values/values.ts';

const LINES = 10;

export default defineHelper({
  summary: 'What changed between two texts, or a patch as it is: at most ten lines, or as many as lines says.',
  example: '{{diff before after}}',
  given: { before: 'a\nb', after: 'a\nc' },
  gives: 'a - b + c',
  named: { lines: 'number' },
  run({ values, named: { lines } }) {
    const [before, after] = values;
    const text = values.length > 1 ? diffText(toText(before), toText(after)) : toText(before).trimEnd();
    const all = text === '' ? [] : text.split(/\r?\n/);
    const limit = toCount(lines, LINES, 200);
    const shown = all.length > limit ? [...all.slice(0, limit), '…'] : all;
    return safeMarkdown(codeBlock(shown.join('\n'), 'diff'));
  },
});
