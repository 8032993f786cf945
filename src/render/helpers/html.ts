import { htmlText } from '../markdown/html-text.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'HTML as text.',
  example: '{{html description}}',
  run: ({ values: [value] }) => htmlText(toText(value)),
});
