import { defineHelper } from '../template/helper.ts';
import { isBlank } from '../values/values.ts';

export default defineHelper({
  summary: 'The first value that is not blank.',
  example: '{{default user.name "Somebody"}}',
  given: { user: {} },
  gives: 'Somebody',
  run: ({ values }) => values.find((value) => !isBlank(value)),
});
