import { listMarkdown } from '../lists/list-markdown.ts';
import { safeMarkdown } from '../markdown/safe-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { toCount, toList } from '../values/values.ts';

const LIMIT = 5;

export default defineHelper({
  summary: 'A list with a line for each item: five, or as many as limit says, and how many more there are.',
  example: '{{list (pluck commits "message") limit=3}}',
  given: { commits: [{ message: 'One' }, { message: 'Two' }, { message: 'Three' }, { message: 'Four' }] },
  gives: 'One, Two, Three, + 1 more',
  named: { limit: 'number' },
  run: ({ values: [list], named: { limit } }) => safeMarkdown(listMarkdown(toList(list), toCount(limit, LIMIT, 100))),
});
