import { defineHelper } from '../helper.ts';
import { toText } from '../text.ts';

export default defineHelper({
  summary: 'Text without space around it.',
  example: '{{trim message}}',
  run: ({ values: [value] }) => toText(value).trim(),
});
