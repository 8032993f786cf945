import { defineHelper } from '../helper.ts';
import { htmlText } from '../html-text.ts';
import { toText } from '../text.ts';

export default defineHelper({
  summary: 'HTML as text.',
  example: '{{html description}}',
  run: ({ values: [value] }) => htmlText(toText(value)),
});
