import type { Clock } from '../../../core/clock.ts';
import { AppError } from '../../../core/errors.ts';
import type { Channel } from '../../../core/settings/channel.ts';
import type { DiscordApi } from '../connection/api.ts';
import { retryLimited } from '../connection/retry-limited.ts';
import { hasCode } from '../connection/to-app-error.ts';
import { CATEGORY, type Channels, type DiscordChannel, FORUMS, POSTABLE, THREADS } from '../servers/channels.ts';
import { listServers } from '../servers/list-servers.ts';
import { missingPermissions, POSTING, POSTING_IN_THREADS, permissionsIn } from '../servers/permissions.ts';
import type { ServedServers } from '../servers/served-servers.ts';

/** Finds channels by what people call them, and says what Bellhop lacks there. */
export interface Directory {
  /** Throws `AppError` when there is no such channel, or Bellhop may not post there. */
  find(text: string): Promise<Channel>;
  /** Throws `AppError` where a channel is on a server that is not served, or Discord was not reached yet. */
  check(id: string): Promise<void>;
  isForum(id: string): Promise<boolean>;
  /** Whether Bellhop has a permission there. */
  may(id: string, permission: bigint): Promise<boolean>;
  /** What a channel is called, and the permissions that Bellhop lacks there. */
  missing(id: string): Promise<{ readonly name: string; readonly missing: readonly string[] }>;
}

export interface DirectoryParts {
  readonly api: DiscordApi;
  readonly clock: Clock;
  readonly channels: Channels;
  readonly served: ServedServers;
  /** The id of the bot's user. */
  readonly botId: () => string;
}

const FRESH = 60_000;
/** While no server is served at all, a post waits for one to be confirmed. */
const CONFIRMED_RETRY = 60_000;

export function createDirectory({ api, clock, channels, served, botId }: DirectoryParts): Directory {
  const list = <Answer>(path: `/${string}`) => retryLimited(() => api.request<Answer>('GET', path, { answer: 'list' }));
  let known: { readonly channels: readonly DiscordChannel[]; readonly until: number } | undefined;
  let loading: Promise<readonly DiscordChannel[]> | undefined;

  async function all(fresh = false): Promise<readonly DiscordChannel[]> {
    if (known && !fresh && known.until > clock.elapsed()) return known.channels;
    loading ??= load().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  async function load(): Promise<readonly DiscordChannel[]> {
    const ids = served.all.length > 0 ? served.all : (await listServers(api)).map(({ id }) => id);
    const lists = await Promise.all(ids.map(channelsOf));
    known = { channels: lists.flat(), until: clock.elapsed() + FRESH };
    return known.channels;
  }

  async function channelsOf(server: string): Promise<readonly DiscordChannel[]> {
    try {
      const found = await list<readonly DiscordChannel[]>(`/guilds/${server}/channels`);
      return found.map((channel) => ({ ...channel, guild_id: server }));
    } catch (error) {
      // Bellhop may have been put out of a server that it still serves.
      if (hasCode(error, 'discord_server_gone', 'discord_access')) return [];
      throw error;
    }
  }

  /** Before the first server is confirmed, endpoints can be led to any: nothing is posted there until it is. */
  function isOurs(server: string | undefined): boolean {
    return served.has(server) || (served.all.length === 0 && server !== undefined);
  }

  async function byName(name: string): Promise<DiscordChannel> {
    const matches = (some: readonly DiscordChannel[]) =>
      some.filter(
        ({ type, name: called, guild_id: server }) =>
          type !== CATEGORY && called?.toLowerCase() === name.toLowerCase() && isOurs(server),
      );
    const cached = matches(await all());
    const found = cached.length > 0 ? cached : matches(await all(true));
    if (found.length > 1)
      throw new AppError(
        409,
        'discord_channel_ambiguous',
        `There are ${found.length} Discord channels called \`#${name}\`. Choose one with \`${found.map(({ id }) => `<#${id}>`).join('` or `')}\`.`,
      );
    if (!found[0])
      throw new AppError(
        404,
        'not_found',
        `\`#${name}\` is not a Discord channel that Bellhop can see. Check the name, and that Bellhop may view the channel.`,
      );
    return found[0];
  }

  async function missingIn(channel: DiscordChannel): Promise<readonly string[]> {
    return channel.guild_id ? missingPermissions(await permissionsOf(channel, channel.guild_id)) : [];
  }

  async function permissionsOf(channel: DiscordChannel, guild: string): Promise<bigint> {
    const member = botId();
    const parent = THREADS.includes(channel.type) && channel.parent_id;
    const [roles, { roles: own = [] }, holder] = await Promise.all([
      list<readonly { readonly id: string; readonly permissions: string }[]>(`/guilds/${guild}/roles`),
      retryLimited(() =>
        api.request<{ readonly roles?: readonly string[] }>('GET', `/guilds/${guild}/members/${member}`),
      ),
      parent ? channels.now(parent) : channel,
    ]);
    const held = roles
      .filter(({ id }) => id === guild || own.includes(id))
      .map(({ id, permissions }) => [id, BigInt(permissions)] as const);
    return permissionsIn({ guild, member, roles: new Map(held) }, holder.permission_overwrites ?? []);
  }

  return {
    async find(text) {
      const id = /^(?:<#)?(\d{15,20})>?$/.exec(text.trim())?.[1];
      const name = text.trim().replace(/^#/, '');
      // Asked for again, because somebody may just have granted what was missing.
      const channel = await channels.now(id ?? (await byName(name)).id);
      if (!POSTABLE.includes(channel.type))
        throw new AppError(
          400,
          'discord_channel_kind',
          `\`#${channel.name ?? channel.id}\` takes no messages. Choose a text, announcement, forum or thread channel.`,
        );
      if (!isOurs(channel.guild_id)) throw unserved();
      const needed = THREADS.includes(channel.type) ? POSTING_IN_THREADS : POSTING;
      const missing = (await missingIn(channel)).filter((permission) => needed.includes(permission));
      if (missing.length > 0) throw lacking(channel.name ?? channel.id, missing);
      return { id: channel.id, name: channel.name ?? channel.id };
    },
    async check(id) {
      // Before the bot is known, what is served is not either.
      botId();
      const server = await channels.serverOf(id);
      if (served.has(server)) return;
      throw isOurs(server) ? unconfirmed() : unserved();
    },
    async isForum(id) {
      const channel = known?.channels.find((candidate) => candidate.id === id) ?? (await channels.now(id));
      return FORUMS.includes(channel.type);
    },
    async may(id, permission) {
      const channel = await channels.now(id);
      return (
        channel.guild_id !== undefined && ((await permissionsOf(channel, channel.guild_id)) & permission) === permission
      );
    },
    async missing(id) {
      // The list of a server's channels holds those too that Bellhop may not see.
      const channel = (await all(true)).find((candidate) => candidate.id === id) ?? (await channels.now(id));
      return { name: channel.name ?? id, missing: await missingIn(channel) };
    },
  };
}

/** Names what is missing, one by one, and where to give it. */
export function lacking(name: string, missing: readonly string[]): AppError {
  const list = missing.map((permission) => `\`${permission}\``).join(', ');
  return new AppError(
    403,
    'discord_permission',
    `Bellhop lacks ${list} in \`#${name}\`. Open that channel's settings, then Permissions, add Bellhop, and allow it.`,
  );
}

function unserved(): AppError {
  return new AppError(
    403,
    'discord_server_unserved',
    'That channel is on a Discord server that this Bellhop does not serve. Choose a channel of another, or let an administrator confirm that server: `bellhop doctor` says how.',
  );
}

function unconfirmed(): AppError {
  return new AppError(
    403,
    'discord_server_unconfirmed',
    'Bellhop posts there once an administrator has confirmed that Discord server: `bellhop doctor` says how.',
    { retryAfter: CONFIRMED_RETRY },
  );
}
