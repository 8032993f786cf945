import { webUrl } from '../../core/message/safe-link.ts';
import { defineHelper } from '../template/helper.ts';
import { toLine } from '../values/values.ts';

export default defineHelper({
  summary: 'Names who did it, above the title.',
  example: '{{author sender.login url=sender.html_url icon=sender.avatar_url}}',
  effect: true,
  run({ values: [value], named, draft }) {
    const name = toLine(value);
    const [url, icon] = [webUrl(named.url), webUrl(named.icon)];
    if (name) draft.author = { name, ...(url && { url }), ...(icon && { icon }) };
  },
});
