import { joinValues } from '../markdown/join-values.ts';
import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary: 'Puts values together.',
  example: '{{concat "#" issue.number}}',
  run: ({ values }) => joinValues(values, ''),
});
