import { sorted } from '../lists/sorted.ts';
import { defineHelper } from '../template/helper.ts';
import { toList } from '../values/values.ts';

/** How often each of many items is looked at. */
const STEPS = 100;

export default defineHelper({
  summary:
    'A list in order of its items, or of what they have under a name: numbers by size, texts by letters, what has none last. With order="descending" the other way round.',
  example: '{{join (pluck (sort jobs "seconds" order="descending") "name") ", "}}',
  given: {
    jobs: [
      { name: 'lint', seconds: 9 },
      { name: 'test', seconds: 80 },
    ],
  },
  gives: 'test, lint',
  named: { order: ['ascending', 'descending', 'asc', 'desc'] },
  run({ values: [list, path], named: { order }, spend }) {
    const items = toList(list);
    spend(items.length * STEPS);
    return sorted(items, path, order === 'descending' || order === 'desc' ? -1 : 1);
  },
});
