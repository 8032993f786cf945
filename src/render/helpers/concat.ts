import { joinValues } from '../markdown/join-values.ts';
import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary: 'Puts values together.',
  example: '{{concat "#" issue.number}}',
  given: { issue: { number: 12 } },
  gives: '#12',
  run: ({ values }) => joinValues(values, ''),
});
