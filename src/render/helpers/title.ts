import { webUrl } from '../../core/message/safe-link.ts';
import { defineHelper } from '../template/helper.ts';
import { toLine } from '../values/values.ts';

export default defineHelper({
  summary: 'Gives the message its title, and where it leads.',
  example: '{{title issue.title url=issue.html_url}}',
  effect: true,
  run({ values: [value], named: { url }, draft }) {
    const text = toLine(value);
    const link = webUrl(url);
    if (text) draft.title = { text, ...(link && { url: link }) };
  },
});
