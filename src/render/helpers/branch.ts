import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'A branch or tag without what Git puts before it.',
  example: '{{code (branch ref)}}',
  given: { ref: 'refs/heads/fix/door' },
  gives: 'fix/door',
  run: ({ values: [value] }) => toText(value).replace(/^refs\/(?:heads|tags|remotes\/[^/]+)\//, ''),
});
