import { joinWords } from '../markdown/join-words.ts';
import { defineHelper } from '../template/helper.ts';
import { toLine } from '../values/values.ts';

export default defineHelper({
  summary: 'Gives the message its first line, of all words that are there, and where it leads.',
  example: '{{title sender.login (past action) (ref "#" issue.number issue.title) url=issue.html_url}}',
  given: {
    sender: { login: 'octocat' },
    action: 'opened',
    issue: { number: 12, title: 'Fix the door', html_url: 'https://code.example/issues/12' },
  },
  gives: 'octocat opened #12 Fix the door → https://code.example/issues/12',
  effect: true,
  named: { url: 'text' },
  run({ values, named, draft }) {
    const [text, url] = [joinWords(values), toLine(named.url)];
    if (text) draft.title = { text, ...(url && { url }) };
  },
});
