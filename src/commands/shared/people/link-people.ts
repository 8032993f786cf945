import type { ChatPerson } from '../../../core/command/chat.ts';
import { AppError, OptionError } from '../../../core/errors.ts';
import { inlineCode, quoted } from '../../../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../../../core/message/message.ts';
import { type Person, peopleCalled, personOn, plainName } from '../../../core/settings/person.ts';
import { oneLine } from '../../../core/text/clean-text.ts';

/** Somebody on a platform. */
export interface Account extends Pick<ChatPerson, 'id' | 'name'> {
  readonly platform: string;
}

export interface Linked {
  readonly people: readonly Person[];
  readonly before: Person | undefined;
  readonly after: Person;
}

/** Who may change what belongs to somebody else: without that, nobody takes over what is another’s. */
export interface Rights {
  readonly mayReassign: boolean;
}

/**
 * Lets a login mean somebody. One that means somebody else already stays theirs: only an admin takes it from them, and gives a
 * person another account. Throws `AppError`.
 */
export function linkLogin(people: readonly Person[], login: string, account: Account, { mayReassign }: Rights): Linked {
  const known = personOn(people, account.platform, account.id);
  const others = peopleCalled(people, login).filter((person) => person !== known);
  const [holder, ...more] = others;
  if (more.length > 0) throw severalCalled(login, others);
  if (holder && known) throw taken(login, holder);
  if (holder) {
    if (!mayReassign || Object.hasOwn(holder.ids, account.platform)) throw taken(login, holder);
    return replaced(people, holder, { ...holder, ids: { ...holder.ids, [account.platform]: account.id } });
  }
  const person = known ?? newPerson(people, account, login);
  if (peopleCalled([person], login).length > 0 && known)
    throw new OptionError('login', `${quoted(login)} means ${escapeMarkdown(person.name)} already.`, {
      code: 'already_there',
      status: 409,
    });
  return replaced(people, known, withAlias(person, login));
}

/** Gives somebody the files of a path, as a CODEOWNERS file writes it. Several may share them. */
export function linkPath(people: readonly Person[], path: string, account: Account): Linked {
  const known = personOn(people, account.platform, account.id);
  const person = known ?? newPerson(people, account, account.id);
  if (person.paths?.includes(path))
    throw new OptionError('login', `${quoted(path)} belongs to ${escapeMarkdown(person.name)} already.`, {
      code: 'already_there',
      status: 409,
    });
  return replaced(people, known, { ...person, paths: [...(person.paths ?? []), path] });
}

/** Takes a login, a path or a whole person out of the list. Throws `AppError`. */
export function unlink(
  people: readonly Person[],
  said: string,
  { account, self, mayReassign }: Rights & { readonly account: Account | undefined; readonly self: Account },
): { readonly people: readonly Person[]; readonly before: Person; readonly after: Person | undefined } {
  const called = [...peopleCalled(people, said), ...people.filter(({ paths }) => paths?.includes(said))];
  const meant = account ? called.filter((person) => person.ids[account.platform] === account.id) : called;
  const [before, ...more] = meant;
  if (!before)
    throw new OptionError(
      'login',
      `Nobody in the people list is called ${quoted(said)}. \`/webhook people\` lists them.`,
      { code: 'not_found', status: 404 },
    );
  if (more.length > 0) throw severalCalled(said, meant);
  if (!mayReassign && before.ids[self.platform] !== self.id)
    throw new AppError(
      403,
      'forbidden',
      `${quoted(said)} means ${escapeMarkdown(before.name)}. Only they or an admin may unlink it.`,
    );
  const after = plainName(before.name) === plainName(said) ? undefined : without(before, said);
  return { people: people.flatMap((person) => (person === before ? (after ?? []) : person)), before, after };
}

/** Changes what somebody wants of pings; whoever is not in the list yet is added. */
export function changeWishes(people: readonly Person[], account: Account, change: (person: Person) => Person): Linked {
  const known = personOn(people, account.platform, account.id);
  return replaced(people, known, change(known ?? newPerson(people, account, account.id)));
}

/** Whether a text is a path of files rather than a login or a team. */
export function isPath(text: string): boolean {
  return /^\/|\*|\/$/.test(text);
}

const NAME_LENGTH = 80;

/** Under a name that nobody has, for whoever had another’s name would be taken for them. */
function newPerson(people: readonly Person[], { platform, id, name }: Account, otherwise: string): Person {
  const wanted = oneLine(name ?? '').slice(0, NAME_LENGTH) || otherwise;
  const free = [wanted, `${wanted} (${platform})`, `${wanted} (${platform} ${id})`].find(
    (candidate) => peopleCalled(people, candidate).length === 0,
  );
  return { name: free ?? `${platform}:${id}`, aliases: [], ids: { [platform]: id } };
}

function withAlias(person: Person, login: string): Person {
  return plainName(person.name) === plainName(login) ? person : { ...person, aliases: [...person.aliases, login] };
}

function without(person: Person, said: string): Person | undefined {
  const aliases = person.aliases.filter((alias) => plainName(alias) !== plainName(said));
  const { paths: _, ...rest } = person;
  const paths = person.paths?.filter((path) => path !== said) ?? [];
  const left = { ...rest, aliases, ...(paths.length > 0 && { paths }) };
  // Whoever has wishes stays, so that they are not forgotten.
  return aliases.length + paths.length > 0 || left.pings || left.quiet ? left : undefined;
}

function replaced(people: readonly Person[], before: Person | undefined, after: Person): Linked {
  const list = before ? people.map((person) => (person === before ? after : person)) : [...people, after];
  return { people: list, before, after };
}

function taken(login: string, { name }: Person): AppError {
  return new OptionError(
    'login',
    `${quoted(login)} means ${escapeMarkdown(name)} already. They or an admin may unlink it first: ${inlineCode(`/webhook people unlink ${login}`)}.`,
    { code: 'taken', status: 409 },
  );
}

function severalCalled(login: string, people: readonly Person[]): AppError {
  return new OptionError(
    'login',
    `Several people in the list are called ${quoted(login)}: ${people.map(({ name }) => escapeMarkdown(name)).join(', ')}. Nobody is pinged by it. An admin may unlink it from all but one: ${inlineCode(`/webhook people unlink ${login} @person`)}.`,
    { code: 'ambiguous', status: 409 },
  );
}
