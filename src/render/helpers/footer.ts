import { defineHelper } from '../template/helper.ts';
import { toLine } from '../values/values.ts';

export default defineHelper({
  summary: 'Adds a small line below the message.',
  example: '{{footer repository.full_name}}',
  given: { repository: { full_name: 'octo/hello' } },
  gives: 'octo/hello',
  effect: true,
  run({ values: [value], draft }) {
    const text = toLine(value);
    if (text) draft.footer = text;
  },
});
