import type { Caller, Role } from '../../../core/command/permission.ts';
import { AppError } from '../../../core/errors.ts';
import type { Interaction } from '../connection/interaction.ts';
import type { NoteStranger } from '../servers/note-strangers.ts';
import { toRole } from '../servers/permissions.ts';
import type { ServedServers } from '../servers/served-servers.ts';
import type { ServerPeople } from '../servers/server-people.ts';
import { type Standing, toCaller } from './read-interaction.ts';

export interface AdmissionParts {
  readonly served: ServedServers;
  readonly people: ServerPeople;
  /** Logs a server that is not served. */
  readonly note: NoteStranger;
}

/** Who an interaction comes from, or the refusal that they get. */
export type Admission = { readonly caller: Caller } | { readonly refusal: string };

const RANKS: readonly Role[] = ['outsider', 'member', 'admin'];

/** Admits the people of the servers that are served, and nobody else. Their rights are those that they have there. Never rejects. */
export function createAdmission({ served, people, note }: AdmissionParts) {
  /** What somebody is on the servers that are served; nothing for one who is on none. Throws `AppError`. */
  async function standingOf(user: string): Promise<Standing | undefined> {
    const found = await Promise.all(served.all.map((server) => people.member(server, user)));
    const standings = found.flatMap((member) => (member ? [{ role: toRole(member.may()), roles: member.roles }] : []));
    const [best] = standings.toSorted((a, b) => RANKS.indexOf(b.role) - RANKS.indexOf(a.role));
    return best && { role: best.role, roles: standings.flatMap(({ roles }) => roles) };
  }

  return async (interaction: Interaction): Promise<Admission> => {
    const { guild_id: server, member, user } = interaction;
    if (server) {
      if (!served.has(server)) {
        note({ id: server });
        return { refusal: refusalOn(server, served) };
      }
      const role = member ? toRole(BigInt(member.permissions)) : 'outsider';
      return { caller: toCaller(interaction, { role, roles: member?.roles ?? [] }) };
    }
    try {
      const standing = user && (await standingOf(user.id));
      return standing ? { caller: toCaller(interaction, standing) } : { refusal: NO_MEMBER };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return {
        refusal: `Bellhop cannot look up at the moment whether you are on one of its servers. ${error.message}`,
      };
    }
  };
}

const NO_MEMBER = 'Bellhop answers direct messages only from people who are on a server that it serves.';

function refusalOn(server: string, { growing }: ServedServers): string {
  return growing
    ? 'This Bellhop does not serve this server, so it answers nobody here. To change that, an administrator of this Bellhop takes the code from its log, or from `bellhop doctor`, and types `/webhook confirm` with it here.'
    : `This Bellhop serves other servers, so it answers nobody here. To change that, an administrator of this Bellhop adds \`${server}\` to \`DISCORD_GUILD_IDS\`.`;
}
