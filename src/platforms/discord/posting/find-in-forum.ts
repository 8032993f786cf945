import type { DiscordApi } from '../connection/api.ts';
import { unreadable } from '../connection/read-answer.ts';
import { retryLimited } from '../connection/retry-limited.ts';
import { hasCode } from '../connection/to-app-error.ts';
import type { DiscordChannel } from '../servers/channels.ts';
import type { FindParts, Found, Kept } from './kept-message.ts';

export interface ForumSearch {
  readonly forum: DiscordChannel;
  /** The id of the bot's user, who began the thread. */
  readonly bot: string;
  readonly ours: (message: Kept) => boolean;
  /** The smallest id that it can have. */
  readonly after: bigint;
  readonly since: Date;
}

interface Thread {
  readonly id: string;
  readonly parent_id?: string | null;
  readonly owner_id?: string;
  readonly thread_metadata?: { readonly archive_timestamp?: string };
}

interface Threads {
  readonly threads?: readonly Thread[];
  readonly has_more?: boolean;
}

/** The least time after which Discord archives a thread in which nobody writes. */
const ARCHIVED_AFTER = 60 * 60_000;

/** In a forum every post of ours began a thread, whose first message has its id. Throws `AppError` when Discord does not say. */
export async function findInForum(
  { api, now }: Pick<FindParts, 'api' | 'now'>,
  { forum, bot, ours, after, since }: ForumSearch,
): Promise<Found | undefined> {
  const couldBe = ({ id, parent_id: parent = forum.id, owner_id: owner = bot }: Thread) =>
    parent === forum.id && owner === bot && BigInt(id) > after;

  async function search(threads: readonly Thread[]): Promise<Found | undefined> {
    for (const { id } of threads.filter(couldBe)) {
      const message = await firstMessage(api, id);
      if (message && ours(message)) return { ref: { channel: id, id }, message };
    }
    return undefined;
  }

  const active = await search(await readActive(api, forum));
  if (active || now().getTime() - since.getTime() < ARCHIVED_AFTER) return active;
  for (let before: string | undefined; ; ) {
    const { threads = [], has_more: more } = await readArchived(api, forum, before);
    const found = await search(threads);
    const oldest = threads.at(-1)?.thread_metadata?.archive_timestamp;
    if (found || !more || oldest === undefined || Date.parse(oldest) < since.getTime()) return found;
    if (oldest === before) throw unreadable();
    before = oldest;
  }
}

async function readActive(api: DiscordApi, { guild_id: server }: DiscordChannel): Promise<readonly Thread[]> {
  const { threads } = await retryLimited(() => api.request<Threads>('GET', `/guilds/${server}/threads/active`));
  if (!threads) throw unreadable();
  return threads;
}

/** The latest to be archived first. */
function readArchived(api: DiscordApi, { id }: DiscordChannel, before: string | undefined): Promise<Threads> {
  const query = { limit: '100', ...(before !== undefined && { before }) };
  return retryLimited(() => api.request<Threads>('GET', `/channels/${id}/threads/archived/public`, { query }));
}

async function firstMessage(api: DiscordApi, thread: string): Promise<Kept | undefined> {
  try {
    return await retryLimited(() => api.request<Kept>('GET', `/channels/${thread}/messages/${thread}`));
  } catch (error) {
    if (hasCode(error, 'discord_message_gone', 'discord_channel_gone')) return undefined;
    throw error;
  }
}
