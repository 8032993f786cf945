import { drawEmoji } from '../markdown/emoji-names.ts';
import { joinWords } from '../markdown/join-words.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';
import { toLine } from '../values/values.ts';

export default defineHelper({
  summary: 'A thing by its number and title: "#12 Fix the door"; by either where the other is missing.',
  example: '{{title sender.login "opened" (ref "#" issue.number issue.title)}}',
  given: { sender: { login: 'octocat' }, issue: { number: 12, title: 'Fix the door' } },
  gives: 'octocat opened #12 Fix the door',
  run: ({ values: [sign, number, title] }) =>
    joinWords([toLine(number) && `${toLine(sign)}${toLine(number)}`, drawEmoji(toText(title))]),
});
