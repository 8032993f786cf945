import { defineHelper } from '../helper.ts';
import { isSafeMarkdown, safeMarkdown, toMarkdown } from '../safe-markdown.ts';
import { toLine } from '../values.ts';

export default defineHelper({
  summary: 'Shows text in italic.',
  example: '{{italic sender.login}}',
  run({ values: [value] }) {
    const text = toMarkdown(isSafeMarkdown(value) ? value : toLine(value));
    return safeMarkdown(text && `_${text}_`);
  },
});
