import type { QuietHours } from '../text/quiet-hours.ts';

/** A person or group, as payloads name them and as each platform knows them. */
export interface Person {
  readonly name: string;
  /** What providers call them: logins, e-mail addresses, teams. Compared without case, and without an `@` before them. */
  readonly aliases: readonly string[];
  /** Their id on each platform: `{ "slack": "U012" }`. */
  readonly ids: Readonly<Record<string, string>>;
  /** Whether they asked never to be pinged. */
  readonly pings?: 'off';
  /** When they are not pinged. */
  readonly quiet?: QuietHours;
  /** The files that are theirs, as a CODEOWNERS file writes them: `/src/billing/`, `*.sql`. */
  readonly paths?: readonly string[];
}

/** Everybody in a list whom a payload may mean by a name, a login or an e-mail address. */
export function peopleCalled(people: readonly Person[], said: string): readonly Person[] {
  const sought = plainName(said);
  if (sought === '') return [];
  return people.filter(({ name, aliases }) => [name, ...aliases].some((alias) => plainName(alias) === sought));
}

/** Who somebody on a platform is in the list. */
export function personOn(people: readonly Person[], platform: string, id: string): Person | undefined {
  return people.find(({ ids }) => Object.hasOwn(ids, platform) && ids[platform] === id);
}

/** A name as it is compared. */
export function plainName(name: string): string {
  return name.trim().toLowerCase().replace(/^@/, '');
}
