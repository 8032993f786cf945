import { drawEmoji } from '../markdown/emoji-names.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'Draws the emoji that a text names, as code hosts do: ":bug: Fix" begins with the bug.',
  example: '{{title sender.login "pushed" (emoji (firstline head_commit.message))}}',
  given: { sender: { login: 'octocat' }, head_commit: { message: ':bug: Close the door' } },
  gives: 'octocat pushed 🐛 Close the door',
  run: ({ values: [value] }) => drawEmoji(toText(value)),
});
