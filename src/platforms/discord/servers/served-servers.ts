import type { Clock } from '../../../core/clock.ts';
import type { Settings, SettingsStore } from '../../../core/settings/settings.ts';
import { bareCode, type ServerCodes } from './server-codes.ts';

/** Which servers this installation serves. On any other it answers nobody and posts nothing, whoever added Bellhop there. */
export interface ServedServers {
  has(server: string | undefined): boolean;
  readonly all: readonly string[];
  /** Whether an administrator can confirm another: where the configuration names the servers, nobody can. */
  readonly growing: boolean;
  /** The code that confirms a server now. */
  codeFor(server: string): string;
  /** Serves a server from now on, if the code is right. Throws `AppError` when that cannot be kept. */
  confirm(server: string, typed: string): Promise<'confirmed' | 'wrong code' | 'too many tries'>;
  /** Fills the list once, where the settings are older than it. Gives back what was found. */
  fillOnce(find: (channels: readonly string[]) => Promise<readonly string[]>): Promise<readonly string[]>;
}

export interface ServedParts {
  /** The servers that the configuration names; then there are no others. */
  readonly serverIds?: readonly string[] | undefined;
  /** The one that commands are registered on, which is served too. */
  readonly guildId?: string | undefined;
  readonly settings: Pick<SettingsStore, 'current' | 'update'>;
  readonly codes: ServerCodes;
  readonly clock: Pick<Clock, 'now' | 'elapsed'>;
}

const PREFIX = 'discord:';
const TRIES = 5;
const TRIES_WITHIN = 10 * 60_000;
/** How many servers' tries are remembered. */
const WATCHED = 1_000;

export function createServedServers({ serverIds = [], guildId, settings, codes, clock }: ServedParts): ServedServers {
  const wrong = new Map<string, readonly number[]>();
  const spent = new Set<string>();
  const growing = serverIds.length === 0;

  function all(): readonly string[] {
    const listed = growing ? listedIn(settings.current) : serverIds;
    return guildId === undefined || listed.includes(guildId) ? listed : [...listed, guildId];
  }

  /** The latest wrong tries on a server. */
  function triesOn(server: string): readonly number[] {
    const since = clock.elapsed() - TRIES_WITHIN;
    return (wrong.get(server) ?? []).filter((at) => at > since);
  }

  function noteWrong(server: string): void {
    const tries = [...triesOn(server), clock.elapsed()];
    wrong.delete(server);
    wrong.set(server, tries);
    const [oldest] = wrong.keys();
    if (oldest !== undefined && wrong.size > WATCHED) wrong.delete(oldest);
  }

  const keep = (servers: readonly string[]) =>
    settings.update((now) => ({
      ...now,
      servers: [...new Set([...(now.servers ?? []), ...servers.map((id) => `${PREFIX}${id}`)])],
    }));

  return {
    get all() {
      return all();
    },
    growing,
    has: (server) => server !== undefined && all().includes(server),
    codeFor: (server) => codes.at(server, clock.now()),
    async confirm(server, typed) {
      if (triesOn(server).length >= TRIES) return 'too many tries';
      const used = `${server} ${bareCode(typed)}`;
      if (spent.has(used) || !codes.fits(server, typed, clock.now())) {
        noteWrong(server);
        return 'wrong code';
      }
      await keep([server]);
      spent.add(used);
      return 'confirmed';
    },
    async fillOnce(find) {
      if (!growing || settings.current.servers) return [];
      const found = await find(channelsIn(settings.current));
      await keep(found);
      return found;
    },
  };
}

function listedIn({ servers = [] }: Settings): readonly string[] {
  return servers.filter((server) => server.startsWith(PREFIX)).map((server) => server.slice(PREFIX.length));
}

/** The Discord channels that routes lead to. */
function channelsIn({ endpoints }: Settings): readonly string[] {
  const routes = endpoints.flatMap((endpoint) => endpoint.routes);
  return [...new Set(routes.filter(({ platform }) => platform === 'discord').map(({ channel }) => channel))];
}
