import type { Chat, ChatPerson } from '../../../core/command/chat.ts';
import type { VisibleJournal } from '../../../core/command/view.ts';
import { AppError } from '../../../core/errors.ts';
import { type Person, peopleCalled } from '../../../core/settings/person.ts';

/** Events among whose people those are looked for who are linked to nobody. */
const RECENT = 200;
const UNLINKED = 8;

/** Whom a login may mean. */
export interface Suggestion {
  readonly login: string;
  readonly person: ChatPerson;
}

/** The one person on a platform whose profile is called like a login, where there is one. A platform that cannot say suggests nobody. */
export async function suggestPeople(logins: readonly string[], chat: Chat | undefined): Promise<readonly Suggestion[]> {
  const answers = await Promise.allSettled(logins.map((login) => chat?.profiles(login) ?? []));
  return answers.flatMap((answer, index) => {
    if (answer.status === 'rejected' && !(answer.reason instanceof AppError)) throw answer.reason;
    const [person, ...others] = answer.status === 'fulfilled' ? answer.value : [];
    const login = logins[index];
    return person && login !== undefined && others.length === 0 ? [{ login, person }] : [];
  });
}

/** People of recent events whom no login in the list means. */
export async function findUnlinked(
  people: readonly Person[],
  { events }: Pick<VisibleJournal, 'events'>,
): Promise<readonly string[]> {
  const actors = (await events.list({ limit: RECENT })).flatMap(({ about }) => about?.actor ?? []);
  const unknown = [...new Set(actors)].filter((actor) => peopleCalled(people, actor).length === 0);
  return unknown.slice(0, UNLINKED);
}
