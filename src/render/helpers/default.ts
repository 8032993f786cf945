import { defineHelper } from '../helper.ts';
import { isBlank } from '../values.ts';

export default defineHelper({
  summary: 'The first value that is not blank.',
  example: '{{default user.name "Somebody"}}',
  run: ({ values }) => values.find((value) => !isBlank(value)),
});
