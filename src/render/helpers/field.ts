import { toMarkdown } from '../markdown/safe-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { isBlank, toLine } from '../values/values.ts';

const FIELD_LIMIT = 50;

export default defineHelper({
  summary: 'Adds a named value; none when the value is blank. With wide=true it gets a line of its own.',
  example: '{{field "Labels" (pluck issue.labels "name")}}',
  given: { issue: { labels: [{ name: 'bug' }, { name: 'ui' }] } },
  gives: 'Labels: bug, ui',
  effect: true,
  named: { wide: 'flag' },
  run({ values: [name, value], named: { wide }, draft }) {
    const label = toLine(name);
    const markdown = toMarkdown(value).trim();
    if (!label || isBlank(value) || !markdown || draft.fields.length >= FIELD_LIMIT) return;
    draft.fields.push({ name: label, value: markdown, ...(wide === true && { wide: true }) });
  },
});
