import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'Text as it stands within a web address.',
  example: '{{button "Search" (concat "https://example.com/?q=" (urlencode title))}}',
  given: { title: 'a & b' },
  gives: '[Search] https://example.com/?q=a%20%26%20b',
  run: ({ values: [value] }) => encodeURIComponent(toText(value).toWellFormed()),
});
