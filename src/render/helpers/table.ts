import { type Column, tableMarkdown } from '../lists/table-markdown.ts';
import { safeMarkdown } from '../markdown/safe-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { humanizeLabel } from '../values/humanize.ts';
import { plainText } from '../values/text.ts';
import { toCount, toLine, toList } from '../values/values.ts';

const LIMIT = 8;
const COLUMNS = 6;

export default defineHelper({
  summary:
    'A table of what items have under some names, eight rows or as many as limit says. Heading=name gives a column a heading of its own.',
  example: '{{table jobs "name" Took="seconds" limit=5}}',
  given: {
    jobs: [
      { name: 'lint', seconds: 9 },
      { name: 'test', seconds: 80 },
    ],
  },
  gives: 'Name Took; lint 9; test 80',
  named: 'any',
  run({ values: [list, ...paths], named: { limit, ...headed } }) {
    const columns: readonly Column[] = [
      ...paths.map((path) => ({ heading: humanizeLabel(toLine(path)), path: plainText(path) })),
      ...Object.entries(headed).map(([heading, path]) => ({ heading, path: plainText(path) })),
    ];
    return safeMarkdown(tableMarkdown(toList(list), columns.slice(0, COLUMNS), toCount(limit, LIMIT, 50)));
  },
});
