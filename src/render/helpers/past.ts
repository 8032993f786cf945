import { defineHelper } from '../template/helper.ts';
import { pastTense } from '../values/past-tense.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary:
    'What somebody did, from the name of an action: create and created are "created", review_submit is "review submitted".',
  example: '{{title sender.login (past action) issue.title}}',
  given: { sender: { login: 'octocat' }, action: 'reopen', issue: { title: 'Fix the door' } },
  gives: 'octocat reopened Fix the door',
  run: ({ values: [action] }) => pastTense(toText(action)),
});
