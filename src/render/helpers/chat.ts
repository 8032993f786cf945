import { type ChatFormat, chatFormats } from '../../reading/chat/chat-formats.ts';
import { readChat } from '../../reading/chat/read-chat.ts';
import { isObject } from '../../reading/payload/scalar.ts';
import { createAlreadySaid } from '../generic/already-said.ts';
import { chatLayout } from '../generic/chat-layout.ts';
import { safeMarkdown } from '../markdown/safe-markdown.ts';
import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary:
    'What a message says that a tool wrote for Slack or Discord, with its fields, buttons, picture, author and footer. format="slack" or "discord" where it may be neither by its looks.',
  example: '{{chat this format="slack"}}',
  given: { text: 'Release 7\nIt is *out*, see <https://ci.example/7|the notes>' },
  gives: 'Release 7 It is out, see the notes',
  named: { format: Object.keys(chatFormats) },
  run({ values: [payload], named: { format }, draft }) {
    if (!isObject(payload)) return '';
    const message = isFormat(format) ? chatFormats[format](payload) : readChat(payload);
    if (!message) return '';
    const about = { title: draft.title?.text ?? '', ...(draft.title?.url && { url: draft.title.url }) };
    const { body = '', fields = [], actions = [], ...parts } = chatLayout(message, about, createAlreadySaid(about));
    draft.fields.push(...fields);
    for (const action of actions) if ('url' in action) draft.actions.push(action);
    Object.assign(draft, parts);
    return safeMarkdown(body);
  },
});

function isFormat(value: unknown): value is ChatFormat {
  return typeof value === 'string' && Object.hasOwn(chatFormats, value);
}
