import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'Text in capital letters.',
  example: '{{upper currency}}',
  given: { currency: 'usd' },
  gives: 'USD',
  run: ({ values: [value] }) => toText(value).toUpperCase(),
});
