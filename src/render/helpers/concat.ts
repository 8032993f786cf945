import { defineHelper } from '../helper.ts';
import { joinValues } from '../join-values.ts';

export default defineHelper({
  summary: 'Puts values together.',
  example: '{{concat "#" issue.number}}',
  run: ({ values }) => joinValues(values, ''),
});
