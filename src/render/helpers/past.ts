import { defineHelper } from '../template/helper.ts';
import { pastTense } from '../values/past-tense.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary:
    'What somebody did, from the name of an action: create and created are "created", review_submit is "review submitted".',
  example: '{{title sender.login (past action) issue.title}}',
  run: ({ values: [action] }) => pastTense(toText(action)),
});
