import type { Endpoint } from '../settings/endpoint.ts';

/**
 * What somebody is on their platform. A guest or outsider may do nothing, a member may use what is there, an admin
 * everything.
 */
export type Role = 'outsider' | 'member' | 'admin';

/** Who asked, from where. */
export interface Caller {
  readonly platform: string;
  /** The platform's own id of the channel, and what people call it. */
  readonly channel: string;
  readonly channelName: string;
  readonly user: string;
  readonly userName: string;
  /** Their groups or roles on the platform, by the ids that lists of persons name: `&123`. */
  readonly groups?: readonly string[];
  readonly role: Role;
  /** Their IANA time zone, where the platform knows it: `9am` is 9am there. */
  readonly timeZone?: string;
}

/** What a command needs of its caller: to be a member, to own the endpoint it names, or to be an admin. */
export type Permission = 'member' | 'owner' | 'admin';

export function personOf({ platform, user }: Pick<Caller, 'platform' | 'user'>): string {
  return `${platform}:${user}`;
}

/** Whether a list of persons names a caller, themselves or a group of theirs: `slack:U012`, `discord:&123`. */
export function isListed(
  persons: readonly string[],
  { platform, user, groups = [] }: Pick<Caller, 'platform' | 'user' | 'groups'>,
): boolean {
  return persons.length > 0 && [user, ...groups].some((id) => persons.includes(personOf({ platform, user: id })));
}

/** Whether a caller may change an endpoint. */
export function owns(caller: Caller, endpoint: Endpoint): boolean {
  return caller.role === 'admin' || (caller.role === 'member' && isListed(endpoint.owners, caller));
}
