import { markedUp } from '../markdown/marked-up.ts';
import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary:
    'Keeps the marks of a text written for Slack, still without pings. With a number only its beginning, as with markdown.',
  example: '{{slack text 400}}',
  given: { text: 'It is *open*, see <https://a.example|the door>' },
  gives: 'It is open, see the door',
  run: ({ values: [value, limit] }) => markedUp(value, 'mrkdwn', limit),
});
