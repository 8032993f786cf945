import { webUrl } from '../../core/message/safe-link.ts';
import { defineHelper } from '../template/helper.ts';
import { toLine } from '../values/values.ts';

const BUTTON_LIMIT = 20;

export default defineHelper({
  summary: 'Adds a button that opens a web address; none when there is no address.',
  example: '{{button "Open" issue.html_url}}',
  effect: true,
  run({ values: [label, address], draft }) {
    const url = webUrl(address);
    if (!url || draft.actions.length >= BUTTON_LIMIT || draft.actions.some((action) => action.url === url)) return;
    draft.actions.push({ label: toLine(label) || 'Open', url });
  },
});
