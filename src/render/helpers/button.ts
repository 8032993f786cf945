import { defineHelper } from '../template/helper.ts';
import { toLine } from '../values/values.ts';

const BUTTON_LIMIT = 20;

export default defineHelper({
  summary:
    'Adds a button that opens a web address; none when there is no address. Two are shown, the rest is behind ⋯.',
  example: '{{button "Open" issue.html_url}}',
  given: { issue: { html_url: 'https://code.example/issues/12' } },
  gives: '[Open] https://code.example/issues/12',
  effect: true,
  run({ values: [label, address], draft: { actions } }) {
    const url = toLine(address);
    if (!url || actions.length >= BUTTON_LIMIT || actions.some((action) => action.url === url)) return;
    actions.push({ label: toLine(label), url });
  },
});
