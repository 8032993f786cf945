import { defineHelper } from '../template/helper.ts';
import { ownValue, toList } from '../values/values.ts';

export default defineHelper({
  summary: 'Takes one property of every item.',
  example: '{{pluck issue.labels "name"}}',
  given: { issue: { labels: [{ name: 'bug' }, { name: 'ui' }] } },
  gives: 'bug, ui',
  run: ({ values: [list, path] }) =>
    toList(list)
      .map((item) => ownValue(item, path))
      .filter((found) => found !== undefined),
});
