import { markedUp } from '../markdown/marked-up.ts';
import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary: 'Keeps the wiki markup of Jira and Confluence. With a number only its beginning, as with markdown.',
  example: '{{quote (jira issue.fields.description 400)}}',
  given: { issue: { fields: { description: 'It is *open* at {{night}}.' } } },
  gives: 'It is open at night.',
  run: ({ values: [value, limit] }) => markedUp(value, 'wiki', limit),
});
