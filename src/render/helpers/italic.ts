import { isSafeMarkdown, safeMarkdown, toMarkdown } from '../markdown/safe-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { toLine } from '../values/values.ts';

export default defineHelper({
  summary: 'Shows text in italic.',
  example: '{{italic sender.login}}',
  given: { sender: { login: 'octocat' } },
  gives: 'octocat',
  run({ values: [value] }) {
    const text = toMarkdown(isSafeMarkdown(value) ? value : toLine(value));
    return safeMarkdown(text && `_${text}_`);
  },
});
