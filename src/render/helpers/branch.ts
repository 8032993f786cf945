import { defineHelper } from '../helper.ts';
import { toText } from '../text.ts';

export default defineHelper({
  summary: 'A branch or tag without what Git puts before it.',
  example: '{{code (branch ref)}}',
  run: ({ values: [value] }) => toText(value).replace(/^refs\/(?:heads|tags|remotes\/[^/]+)\//, ''),
});
