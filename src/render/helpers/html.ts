import { htmlText } from '../markdown/html-text.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'HTML as text.',
  example: '{{html description}}',
  given: { description: '<p>Fast &amp; small</p>' },
  gives: 'Fast & small',
  run: ({ values: [value] }) => htmlText(toText(value)),
});
