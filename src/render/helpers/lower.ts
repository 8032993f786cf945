import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'Text in small letters.',
  example: '{{lower status}}',
  given: { status: 'FAILED' },
  gives: 'failed',
  run: ({ values: [value] }) => toText(value).toLowerCase(),
});
