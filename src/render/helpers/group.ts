import { grouped } from '../lists/grouped.ts';
import { defineHelper } from '../template/helper.ts';
import { toList } from '../values/values.ts';

export default defineHelper({
  summary: 'The items of a list by what they have under a name: each group has its key, its items and their count.',
  example: '{{#each (group alerts "labels.severity")}}{{plural count key}} {{/each}}',
  given: {
    alerts: [{ labels: { severity: 'page' } }, { labels: { severity: 'mail' } }, { labels: { severity: 'page' } }],
  },
  gives: '2 pages 1 mail',
  run: ({ values: [list, path] }) => grouped(toList(list), path),
});
