import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'Text without space around it.',
  example: '{{trim message}}',
  given: { message: ' It sticks. ' },
  gives: 'It sticks.',
  run: ({ values: [value] }) => toText(value).trim(),
});
