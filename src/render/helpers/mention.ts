import { SENTINEL } from '../../core/message/message.ts';
import { peopleCalled } from '../../core/settings/person.ts';
import { safeMarkdown, toMarkdown } from '../markdown/safe-markdown.ts';
import type { Draft } from '../template/draft.ts';
import { defineHelper } from '../template/helper.ts';
import { toLine } from '../values/values.ts';

const MENTION_LIMIT = 20;

export default defineHelper({
  summary:
    'Names somebody, or several, and pings those of the people list whom the route, the window and their own wishes allow: nobody for an event that is not verified.',
  example: '{{mention pull_request.user.login}}',
  given: { pull_request: { user: { login: 'octocat' } } },
  gives: 'octocat',
  run({ values: [value], draft }) {
    if (!Array.isArray(value)) return mention(value, draft);
    const all = value.slice(0, MENTION_LIMIT).map((one: unknown) => toMarkdown(mention(one, draft)));
    return safeMarkdown(all.filter(Boolean).join(', '));
  },
});

function mention(value: unknown, { mentions, named, people, mayPing }: Draft): unknown {
  const name = toLine(value);
  if (name === '') return '';
  if (!named.includes(name) && named.length < MENTION_LIMIT) named.push(name);
  const [person, ...others] = peopleCalled(people, name);
  // Which of several is meant nobody can say.
  if (!person || others.length > 0) return name;
  const known = mentions.findIndex((each) => each.name === person.name);
  if (known < 0 && mentions.length >= MENTION_LIMIT) return name;
  const index = known < 0 ? mentions.push({ name: person.name, ids: mayPing(person) ? person.ids : {} }) - 1 : known;
  return safeMarkdown(`${SENTINEL.open}m${index}${SENTINEL.close}`);
}
