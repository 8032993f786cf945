import type { Clock } from '../../../core/clock.ts';
import type { DiscordApi } from '../connection/api.ts';
import { retryLimited } from '../connection/retry-limited.ts';
import { hasCode } from '../connection/to-app-error.ts';
import type { Overwrite } from './permissions.ts';
import { createShortMemory } from './short-memory.ts';

/** A tag that posts of a forum can have. https://discord.com/developers/docs/resources/channel#forum-tag-object */
export interface ForumTag {
  readonly id: string;
  readonly name: string;
  /** Whether only moderators give it. */
  readonly moderated?: boolean;
}

/** A channel as far as we look at it. */
export interface DiscordChannel {
  readonly id: string;
  readonly type: number;
  readonly name?: string;
  /** Nothing for direct messages. */
  readonly guild_id?: string;
  readonly parent_id?: string | null;
  readonly permission_overwrites?: readonly Overwrite[];
  /** What posts of a forum can be tagged with, and what one of them is. */
  readonly available_tags?: readonly ForumTag[];
  readonly applied_tags?: readonly string[];
  readonly recipients?: readonly { readonly id: string }[];
}

/** Channels by their ids. Each call throws `AppError` when Discord cannot be asked. */
export interface Channels {
  /** The channel as it is now. Throws `AppError` when there is none, too. */
  now(id: string): Promise<DiscordChannel>;
  /** The same; nothing when there is none. */
  ifThere(id: string): Promise<DiscordChannel | undefined>;
  /** The channel as it was within the last half minute; nothing when there was none. */
  lately(id: string): Promise<DiscordChannel | undefined>;
  /** The server that a channel belongs to, which never changes; nothing for direct messages. */
  serverOf(id: string): Promise<string | undefined>;
  /** Notes which server a channel belongs to, where that is known without asking. */
  note(id: string, server: string | undefined): void;
}

/** https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
export const CATEGORY = 4;
export const PRIVATE_THREAD = 12;
export const THREADS: readonly number[] = [10, 11, PRIVATE_THREAD];
export const FORUMS: readonly number[] = [15, 16];
export const POSTABLE: readonly number[] = [0, 2, 5, 13, ...THREADS, ...FORUMS];

const FRESH = 30_000;
const KNOWN = 10_000;

export function createChannels({ request }: DiscordApi, clock: Pick<Clock, 'elapsed'>): Channels {
  const servers = new Map<string, string | undefined>();
  const recent = createShortMemory<DiscordChannel | undefined>(clock, FRESH);

  function note(id: string, server: string | undefined): void {
    servers.delete(id);
    servers.set(id, server);
    const [oldest] = servers.keys();
    if (oldest !== undefined && servers.size > KNOWN) servers.delete(oldest);
  }

  async function now(id: string): Promise<DiscordChannel> {
    const channel = await retryLimited(() => request<DiscordChannel>('GET', `/channels/${id}`));
    note(id, channel.guild_id);
    return channel;
  }

  async function ifThere(id: string): Promise<DiscordChannel | undefined> {
    try {
      return await now(id);
    } catch (error) {
      if (hasCode(error, 'discord_channel_gone')) return undefined;
      throw error;
    }
  }

  return {
    now,
    ifThere,
    note,
    lately: (id) => recent.get(id, () => ifThere(id)),
    async serverOf(id) {
      return servers.has(id) ? servers.get(id) : (await now(id)).guild_id;
    },
  };
}
