import { defineHelper } from '../helper.ts';
import { humanize } from '../humanize.ts';
import { toText } from '../text.ts';

export default defineHelper({
  summary: 'A name from a program as words: review_requested is "review requested".',
  example: '{{humanize action}}',
  run: ({ values: [value] }) => humanize(toText(value)),
});
