import { defineHelper } from '../helper.ts';
import { toText } from '../text.ts';

export default defineHelper({
  summary: 'Text in small letters.',
  example: '{{lower status}}',
  run: ({ values: [value] }) => toText(value).toLowerCase(),
});
