import type { MessageRef } from '../../../core/event/post.ts';
import type { DiscordApi } from '../connection/api.ts';
import { hasCode } from '../connection/to-app-error.ts';
import { type MarkedMessage, markOf, toHalfMark, toMark } from './marks.ts';

export interface FindParts {
  readonly api: DiscordApi;
  readonly applicationId: () => string;
}

export interface PostQuery {
  readonly channel: string;
  readonly nonce: string;
  readonly since: Date;
}

export interface FoundPost {
  readonly ref: MessageRef;
  /** Whether it is the first of two messages, and the second never got out. */
  readonly half: boolean;
}

interface Kept extends MarkedMessage {
  readonly id: string;
  readonly author: { readonly id: string };
  readonly message_reference?: { readonly message_id?: string };
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

/** The message with this mark; nothing when it never got out. Throws `AppError`. */
export async function findPost(parts: FindParts, { channel, nonce, since }: PostQuery): Promise<FoundPost | undefined> {
  const after = BigInt(Math.max(0, since.getTime() - SKEW - EPOCH)) << 22n;
  const halfMark = toHalfMark(nonce);
  const ours = (message: Kept) =>
    message.author.id === parts.applicationId() && [toMark(nonce), halfMark].includes(markOf(message) ?? 0);
  const found = await findMarked(parts.api, { channel, ours, after });
  if (!found) return undefined;
  const { ref, message } = found;
  const half = markOf(message) === halfMark && !(await findContinuation(parts, ref, PAGES));
  return { ref, half };
}

/** The message of ours that goes on with another, among as many pages of those behind it. Throws `AppError`. */
export async function findContinuation(
  { api, applicationId }: FindParts,
  { channel, id }: MessageRef,
  pages = 1,
): Promise<MessageRef | undefined> {
  const ours = ({ author, message_reference: reference }: Kept) =>
    author.id === applicationId() && reference?.message_id === id;
  return (await findInChannel(api, { channel, ours, after: BigInt(id), pages }))?.ref;
}

async function findMarked(api: DiscordApi, search: Search): Promise<Found | undefined> {
  try {
    return await findInChannel(api, search);
  } catch (error) {
    if (!hasCode(error, 'discord_forum', 'discord_channel_kind')) throw error;
    return findInForum(api, search);
  }
}

interface Found {
  readonly ref: MessageRef;
  readonly message: Kept;
}

interface Search {
  readonly channel: string;
  readonly ours: (message: Kept) => boolean;
  readonly after: bigint;
  readonly pages?: number;
}

async function findInChannel(
  api: DiscordApi,
  { channel, ours, after, pages = PAGES }: Search,
): Promise<Found | undefined> {
  let from = String(after);
  for (let page = 0; page < pages; page++) {
    const messages = await api.request<readonly Kept[]>('GET', `/channels/${channel}/messages`, {
      query: { after: from, limit: String(PAGE) },
    });
    const message = messages.find(ours);
    if (message) return { ref: { channel, id: message.id }, message };
    const newest = messages[0];
    if (!newest || messages.length < PAGE) return undefined;
    from = newest.id;
  }
  return undefined;
}

/** In a forum every post of ours began a thread, whose first message has its id. */
async function findInForum(api: DiscordApi, { channel, ours, after }: Search): Promise<Found | undefined> {
  const { guild_id: guild } = await api.request<{ readonly guild_id?: string }>('GET', `/channels/${channel}`);
  const { threads } = await api.request<{ readonly threads: readonly Thread[] }>(
    'GET',
    `/guilds/${guild}/threads/active`,
  );
  const recent = threads.filter(({ id, parent_id: parent }) => parent === channel && BigInt(id) > after);
  for (const { id } of recent.slice(0, THREADS)) {
    const message = await api.request<Kept>('GET', `/channels/${id}/messages/${id}`);
    if (ours(message)) return { ref: { channel: id, id }, message };
  }
  return undefined;
}
