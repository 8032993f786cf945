import type { Clock } from '../../../core/clock.ts';
import type { DiscordApi } from '../connection/api.ts';
import { retryLimited } from '../connection/retry-limited.ts';
import { hasCode } from '../connection/to-app-error.ts';
import { EVERYTHING, type Overwrite, permissionsIn } from './permissions.ts';
import { createShortMemory } from './short-memory.ts';

/** Somebody on a server. */
export interface Member {
  readonly roles: readonly string[];
  /** What they may do in a channel with these overwrites; on the server as a whole without any. */
  may(overwrites?: readonly Overwrite[]): bigint;
}

/** Who is on a server, and what they may do there, as Discord said within the last half minute. */
export interface ServerPeople {
  /** Nothing for somebody who is not on that server. Throws `AppError` when Discord cannot be asked. */
  member(server: string, user: string): Promise<Member | undefined>;
  /** What everybody on a server may do in a channel. Throws `AppError` when Discord cannot be asked. */
  everybody(server: string, overwrites: readonly Overwrite[]): Promise<bigint>;
}

interface Role {
  readonly id: string;
  readonly permissions: string;
}

const FRESH = 30_000;

export function createServerPeople({ request }: DiscordApi, clock: Pick<Clock, 'elapsed'>): ServerPeople {
  const allRoles = createShortMemory<readonly Role[]>(clock, FRESH);
  const owners = createShortMemory<string | undefined>(clock, FRESH);
  const members = createShortMemory<readonly string[] | undefined>(clock, FRESH);

  const rolesOf = (server: string) =>
    allRoles.get(server, () =>
      retryLimited(() => request<readonly Role[]>('GET', `/guilds/${server}/roles`, { answer: 'list' })),
    );

  /** The owner may do everything, though no role says so. */
  const ownerOf = (server: string) =>
    owners.get(server, async () => {
      try {
        const found = await retryLimited(() => request<{ readonly owner_id?: string }>('GET', `/guilds/${server}`));
        return found.owner_id;
      } catch (error) {
        // Judged by their roles alone, an owner may do less than they could, and nobody more.
        if (hasCode(error, 'discord_server_gone', 'discord_nothing_there')) return undefined;
        throw error;
      }
    });

  const rolesOfMember = (server: string, user: string) =>
    members.get(`${server} ${user}`, async () => {
      const path = `/guilds/${server}/members/${user}` as const;
      try {
        const { roles: own } = await retryLimited(() => request<{ readonly roles?: readonly string[] }>('GET', path));
        return own ?? [];
      } catch (error) {
        if (hasCode(error, 'discord_member_gone')) return undefined;
        throw error;
      }
    });

  return {
    async member(server, user) {
      const own = await rolesOfMember(server, user);
      if (!own) return undefined;
      const [all, owner] = await Promise.all([rolesOf(server), ownerOf(server)]);
      const held = all.filter(({ id }) => id === server || own.includes(id));
      // A role made this minute is not in the list yet, and channels may name it already.
      const roles = new Map([...own.map((id) => [id, 0n] as const), ...toMap(held)]);
      const place = { guild: server, member: user, roles };
      return {
        roles: own,
        may: (overwrites = []) => (user === owner ? EVERYTHING : permissionsIn(place, overwrites)),
      };
    },
    async everybody(server, overwrites) {
      const held = (await rolesOf(server)).filter(({ id }) => id === server);
      return permissionsIn({ guild: server, member: '', roles: toMap(held) }, overwrites);
    },
  };
}

function toMap(roles: readonly Role[]): ReadonlyMap<string, bigint> {
  return new Map(roles.map(({ id, permissions }) => [id, BigInt(permissions)]));
}
