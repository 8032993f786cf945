import { createHash } from 'node:crypto';
import { AppError } from '../../core/errors.ts';
import type { MessageRef } from '../../core/post.ts';
import type { DiscordApi } from './api.ts';

export interface FindParts {
  readonly api: DiscordApi;
  readonly applicationId: () => string;
}

export interface PostQuery {
  readonly channel: string;
  readonly nonce: string;
  readonly since: Date;
}

interface Kept {
  readonly id: string;
  readonly author: { readonly id: string };
  readonly components?: readonly { readonly id?: number }[];
}

interface Thread {
  readonly id: string;
  readonly parent_id?: string | null;
}

const PAGE = 100;
const PAGES = 10;
const THREADS = 20;
/** How far our clock may be ahead of Discord's. */
const SKEW = 120_000;
const EPOCH = 1_420_070_400_000;

/**
 * The number that marks a message of ours for as long as it stands. Discord forgets the nonce within minutes but keeps the
 * number of a row; this is above all those it gives by itself.
 */
export function toMark(nonce: string): number {
  return (createHash('sha256').update(nonce).digest().readUInt32BE() & 0x3fffffff) | 0x40000000;
}

/** The message with this mark; nothing when it never got out, or carries no buttons to be marked by. Throws `AppError`. */
export async function findPost(
  parts: FindParts,
  { channel, nonce, since }: PostQuery,
): Promise<MessageRef | undefined> {
  const after = BigInt(Math.max(0, since.getTime() - SKEW - EPOCH)) << 22n;
  const ours = ({ author, components }: Kept) =>
    author.id === parts.applicationId() && components?.[0]?.id === toMark(nonce);
  try {
    return await findInChannel(parts.api, { channel, ours, after });
  } catch (error) {
    if (!(error instanceof AppError) || !['discord_forum', 'discord_channel_kind'].includes(error.code)) throw error;
    return findInForum(parts.api, { channel, ours, after });
  }
}

interface Search {
  readonly channel: string;
  readonly ours: (message: Kept) => boolean;
  readonly after: bigint;
}

async function findInChannel(api: DiscordApi, { channel, ours, after }: Search): Promise<MessageRef | undefined> {
  let from = String(after);
  for (let page = 0; page < PAGES; page++) {
    const messages = await api.request<readonly Kept[]>('GET', `/channels/${channel}/messages`, {
      query: { after: from, limit: String(PAGE) },
    });
    const found = messages.find(ours);
    if (found) return { channel, id: found.id };
    const newest = messages[0];
    if (!newest || messages.length < PAGE) return undefined;
    from = newest.id;
  }
  return undefined;
}

/** In a forum every post of ours began a thread, whose first message has its id. */
async function findInForum(api: DiscordApi, { channel, ours, after }: Search): Promise<MessageRef | undefined> {
  const { guild_id: guild } = await api.request<{ readonly guild_id?: string }>('GET', `/channels/${channel}`);
  const { threads } = await api.request<{ readonly threads: readonly Thread[] }>(
    'GET',
    `/guilds/${guild}/threads/active`,
  );
  const recent = threads.filter(({ id, parent_id: parent }) => parent === channel && BigInt(id) > after);
  for (const { id } of recent.slice(0, THREADS)) {
    const message = await api.request<Kept>('GET', `/channels/${id}/messages/${id}`);
    if (ours(message)) return { channel: id, id };
  }
  return undefined;
}
