import { SENTINEL } from '../../core/message/message.ts';
import type { Person } from '../../core/settings/settings.ts';
import { safeMarkdown } from '../markdown/safe-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { toLine } from '../values/values.ts';

const MENTION_LIMIT = 20;

export default defineHelper({
  summary: 'Pings somebody of the people list; only names them when they are not on it or the event is not verified.',
  example: '{{mention pull_request.user.login}}',
  given: { pull_request: { user: { login: 'octocat' } } },
  gives: 'octocat',
  run({ values: [value], draft: { mentions, people } }) {
    const name = toLine(value);
    const person = name && people.find((known) => isCalled(known, name));
    if (!person) return name;
    const known = mentions.findIndex((mention) => mention.name === person.name);
    if (known < 0 && mentions.length >= MENTION_LIMIT) return name;
    const index = known < 0 ? mentions.push({ name: person.name, ids: person.ids }) - 1 : known;
    return safeMarkdown(`${SENTINEL.open}m${index}${SENTINEL.close}`);
  },
});

function isCalled({ name, aliases }: Person, wanted: string): boolean {
  const sought = wanted.toLowerCase().replace(/^@/, '');
  return [name, ...aliases].some((alias) => alias.toLowerCase().replace(/^@/, '') === sought);
}
