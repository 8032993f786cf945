import { defineHelper } from '../helper.ts';
import { toText } from '../text.ts';

export default defineHelper({
  summary: 'Text in capital letters.',
  example: '{{upper currency}}',
  run: ({ values: [value] }) => toText(value).toUpperCase(),
});
