import { fullest } from '../../core/delivery/fullest.ts';
import { defineHelper } from '../template/helper.ts';
import { plainText } from '../values/text.ts';
import { toList } from '../values/values.ts';

export default defineHelper({
  summary: 'The item of a list that has most under a name, and among equals under the next name.',
  example: '{{#with (fullest push.changes "commits" "new")}}{{name}}{{/with}}',
  given: {
    push: {
      changes: [
        { name: 'a', commits: [] },
        { name: 'b', commits: [1] },
      ],
    },
  },
  gives: 'b',
  run: ({ values: [list, ...paths] }) => fullest(toList(list), paths.map(plainText)),
});
