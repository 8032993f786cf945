import { defineHelper } from '../helper.ts';
import { toText } from '../text.ts';

export default defineHelper({
  summary: 'The beginning of a commit id.',
  example: '{{code (shortsha after)}}',
  run: ({ values: [value] }) =>
    toText(value)
      .trim()
      .replace(/^([0-9a-f]{7})[0-9a-f]{1,57}$/i, '$1'),
});
