import type { Clock } from '../../../core/clock.ts';
import { AppError } from '../../../core/errors.ts';
import type { Channel } from '../../../core/settings/channel.ts';
import type { DiscordApi } from '../connection/api.ts';
import { patiently } from '../connection/patiently.ts';
import { missingPermissions, type Overwrite, POSTING, POSTING_IN_THREADS, permissionsIn } from './permissions.ts';

interface DiscordChannel {
  readonly id: string;
  readonly type: number;
  readonly name?: string;
  readonly guild_id?: string;
  readonly parent_id?: string | null;
  readonly permission_overwrites?: readonly Overwrite[];
}

/** Finds channels by what people call them, and says what Bellhop lacks there. */
export interface Directory {
  /** Throws `AppError` when there is no such channel, or Bellhop may not post there. */
  find(text: string): Promise<Channel>;
  /** The channels whose names hold this text. */
  search(text: string): Promise<readonly Channel[]>;
  isForum(id: string): Promise<boolean>;
  /** What a channel is called, and the permissions that Bellhop lacks there. */
  missing(id: string): Promise<{ readonly name: string; readonly missing: readonly string[] }>;
  /** The servers that Bellhop was added to, and what it lacks on each. */
  servers(): Promise<readonly Server[]>;
}

export interface Server {
  readonly name: string;
  readonly missing: readonly string[];
}

/** https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
const CATEGORY = 4;
const THREADS = [10, 11, 12];
const FORUMS = [15, 16];
const POSTABLE = [0, 2, 5, 13, ...THREADS, ...FORUMS];
const FRESH = 60_000;

export function createDirectory(
  { request }: DiscordApi,
  { clock, applicationId }: { readonly clock: Clock; readonly applicationId: () => string },
): Directory {
  const get = <Answer>(path: `/${string}`) => patiently(() => request<Answer>('GET', path));
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
    const guilds = await get<readonly { readonly id: string }[]>('/users/@me/guilds');
    const lists = await Promise.all(guilds.map(({ id }) => get<readonly DiscordChannel[]>(`/guilds/${id}/channels`)));
    known = { channels: lists.flat(), until: clock.elapsed() + FRESH };
    return known.channels;
  }

  async function byName(name: string): Promise<DiscordChannel> {
    const matches = (channels: readonly DiscordChannel[]) =>
      channels.filter((channel) => channel.type !== CATEGORY && channel.name?.toLowerCase() === name.toLowerCase());
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
        `\`#${name}\` is no Discord channel that Bellhop can see. Check the name, and that Bellhop may view the channel.`,
      );
    return found[0];
  }

  async function missingIn(channel: DiscordChannel): Promise<readonly string[]> {
    const { guild_id: guild } = channel;
    if (!guild) return [];
    const member = applicationId();
    const parent = THREADS.includes(channel.type) && channel.parent_id;
    const [roles, { roles: own }, holder] = await Promise.all([
      get<readonly { readonly id: string; readonly permissions: string }[]>(`/guilds/${guild}/roles`),
      get<{ readonly roles: readonly string[] }>(`/guilds/${guild}/members/${member}`),
      parent ? get<DiscordChannel>(`/channels/${parent}`) : channel,
    ]);
    const held = roles
      .filter(({ id }) => id === guild || own.includes(id))
      .map(({ id, permissions }) => [id, BigInt(permissions)] as const);
    return missingPermissions(
      permissionsIn({ guild, member, roles: new Map(held) }, holder.permission_overwrites ?? []),
    );
  }

  return {
    async find(text) {
      const id = /^(?:<#)?(\d{15,20})>?$/.exec(text.trim())?.[1];
      const name = text.trim().replace(/^#/, '');
      // Asked for anew, because somebody may have granted just now what was missing.
      const channel = await get<DiscordChannel>(`/channels/${id ?? (await byName(name)).id}`);
      if (!POSTABLE.includes(channel.type))
        throw new AppError(
          400,
          'discord_channel_kind',
          `\`#${channel.name ?? channel.id}\` takes no messages. Choose a text, announcement, forum or thread channel.`,
        );
      const needed = THREADS.includes(channel.type) ? POSTING_IN_THREADS : POSTING;
      const missing = (await missingIn(channel)).filter((permission) => needed.includes(permission));
      if (missing.length > 0) throw lacking(channel.name ?? channel.id, missing);
      return { id: channel.id, name: channel.name ?? channel.id };
    },
    async search(text) {
      const wanted = text.replace(/^#/, '').toLowerCase();
      const channels = (await all()).filter(
        ({ type, name }) => POSTABLE.includes(type) && name?.toLowerCase().includes(wanted),
      );
      return channels.map(({ id, name = id }) => ({ id, name })).toSorted((a, b) => a.name.length - b.name.length);
    },
    async servers() {
      const guilds = await get<readonly { readonly name: string; readonly permissions: string }[]>('/users/@me/guilds');
      return guilds.map(({ name, permissions }) => ({ name, missing: missingPermissions(BigInt(permissions)) }));
    },
    async isForum(id) {
      const channel =
        known?.channels.find((candidate) => candidate.id === id) ?? (await get<DiscordChannel>(`/channels/${id}`));
      return FORUMS.includes(channel.type);
    },
    async missing(id) {
      const channel =
        (await all(true)).find((candidate) => candidate.id === id) ?? (await get<DiscordChannel>(`/channels/${id}`));
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
