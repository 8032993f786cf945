import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'Text with a capital at its beginning.',
  example: '{{capitalize action}}',
  given: { action: 'opened' },
  gives: 'Opened',
  run: ({ values: [value] }) => toText(value).replace(/^\s*\p{L}/u, (letter) => letter.toUpperCase()),
});
