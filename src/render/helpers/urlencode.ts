import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'Text as it stands within a web address.',
  example: '{{button "Search" (concat "https://example.com/?q=" (urlencode title))}}',
  run: ({ values: [value] }) => encodeURIComponent(toText(value).toWellFormed()),
});
