import { defineHelper } from '../template/helper.ts';
import { humanize } from '../values/humanize.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'A name from a program as words: review_requested is "review requested".',
  example: '{{humanize action}}',
  given: { action: 'review_requested' },
  gives: 'review requested',
  run: ({ values: [value] }) => humanize(toText(value)),
});
