import type { Clock } from '../../../core/clock.ts';
import type { Chat } from '../../../core/command/chat.ts';
import type { DiscordApi } from '../connection/api.ts';
import { unreadable } from '../connection/read-answer.ts';
import { retryLimited } from '../connection/retry-limited.ts';
import { hasCode } from '../connection/to-app-error.ts';
import { type Channels, type DiscordChannel, PRIVATE_THREAD, THREADS } from './channels.ts';
import { MANAGE_THREADS, type Overwrite, VIEW_CHANNEL } from './permissions.ts';
import type { ServedServers } from './served-servers.ts';
import type { ServerPeople } from './server-people.ts';
import { createShortMemory } from './short-memory.ts';

export interface SightParts {
  readonly api: DiscordApi;
  readonly channels: Channels;
  readonly people: ServerPeople;
  readonly served: ServedServers;
  readonly clock: Pick<Clock, 'elapsed'>;
}

const FRESH = 30_000;

/** Who sees which channel, by the rules of Discord's own client. Throws `AppError` when it cannot be known. */
export function createSight({ api, channels, people, served, clock }: SightParts): Pick<Chat, 'sees' | 'open'> {
  const inThreads = createShortMemory<boolean>(clock, FRESH);

  /** What a channel allows and denies; a thread has no rules of its own. */
  async function overwritesOf({
    type,
    parent_id: parent,
    permission_overwrites: own,
  }: DiscordChannel): Promise<readonly Overwrite[]> {
    if (!THREADS.includes(type)) return own ?? [];
    const holder = parent ? await channels.lately(parent) : undefined;
    if (!holder) throw unreadable();
    return holder.permission_overwrites ?? [];
  }

  const isInThread = (user: string, thread: string) =>
    inThreads.get(`${thread} ${user}`, async () => {
      try {
        await retryLimited(() => api.request('GET', `/channels/${thread}/thread-members/${user}`));
        return true;
      } catch (error) {
        if (hasCode(error, 'discord_member_gone', 'discord_nothing_there')) return false;
        throw error;
      }
    });

  return {
    async sees(user, id) {
      const channel = await channels.lately(id);
      if (!channel) return false;
      const { guild_id: server, recipients = [] } = channel;
      if (server === undefined) return recipients.some((recipient) => recipient.id === user);
      const member = served.has(server) ? await people.member(server, user) : undefined;
      if (!member) return false;
      const may = member.may(await overwritesOf(channel));
      if (!(may & VIEW_CHANNEL)) return false;
      return channel.type !== PRIVATE_THREAD || (may & MANAGE_THREADS) !== 0n || isInThread(user, id);
    },
    async open(id) {
      const channel = await channels.lately(id);
      const server = channel?.guild_id;
      // Where several servers are served, the people of one do not see the channels of another.
      if (!channel || server === undefined || !served.has(server) || served.all.length > 1) return false;
      const overwrites = await overwritesOf(channel);
      const hidden = overwrites.some(({ deny }) => BigInt(deny) & VIEW_CHANNEL);
      return (
        channel.type !== PRIVATE_THREAD &&
        !hidden &&
        ((await people.everybody(server, overwrites)) & VIEW_CHANNEL) !== 0n
      );
    },
  };
}
