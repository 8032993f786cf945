import { defineHelper } from '../template/helper.ts';
import { toLine } from '../values/values.ts';

export default defineHelper({
  summary: 'Names who did it, where the first line does not.',
  example: '{{author sender.login url=sender.html_url icon=sender.avatar_url}}',
  given: { sender: { login: 'octocat' } },
  gives: 'octocat',
  effect: true,
  named: { url: 'text', icon: 'text' },
  run({ values: [value], named, draft }) {
    const [name, url, icon] = [toLine(value), toLine(named.url), toLine(named.icon)];
    if (name) draft.author = { name, ...(url && { url }), ...(icon && { icon }) };
  },
});
