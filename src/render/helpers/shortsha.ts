import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'The beginning of a commit id.',
  example: '{{code (shortsha after)}}',
  given: { after: 'abcdef0123456789abcdef0123456789abcdef01' },
  gives: 'abcdef0',
  run: ({ values: [value] }) =>
    toText(value)
      .trim()
      .replace(/^([0-9a-f]{7})[0-9a-f]{1,57}$/i, '$1'),
});
