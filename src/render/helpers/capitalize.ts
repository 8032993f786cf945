import { defineHelper } from '../helper.ts';
import { toText } from '../text.ts';

export default defineHelper({
  summary: 'Text with a capital at its beginning.',
  example: '{{capitalize action}}',
  run: ({ values: [value] }) => toText(value).replace(/^\s*\p{L}/u, (letter) => letter.toUpperCase()),
});
