import type { MessageRef } from '../../../core/event/message-ref.ts';
import type { PostLookup } from '../../../core/platform/platform.ts';
import type { DiscordApi } from '../connection/api.ts';
import { unreadable } from '../connection/read-answer.ts';
import { retryLimited } from '../connection/retry-limited.ts';
import { FORUMS } from '../servers/channels.ts';
import { findInForum } from './find-in-forum.ts';
import type { FindParts, Found, Kept } from './kept-message.ts';
import { markOf, toHalfMark, toMark } from './marks.ts';

export interface FoundPost {
  readonly ref: MessageRef;
  /** Whether it is the first of two messages, and the second was never posted. */
  readonly half: boolean;
}

const PAGE = 100;
/** How many pages behind a message are searched for the one that goes on with it. */
const PAGES = 10;
/** How far our clock may be ahead of Discord's. */
const SKEW = 120_000;
const EPOCH = 1_420_070_400_000;

/**
 * The message with this mark; nothing when it was never posted, or has no buttons to carry its mark. Throws `AppError` when
 * Discord does not say.
 */
export async function findPost(
  parts: FindParts,
  channel: string,
  { nonce, since, thread }: PostLookup,
): Promise<FoundPost | undefined> {
  const bot = parts.botId();
  const halfMark = toHalfMark(nonce);
  const ours = (message: Kept) =>
    message.author?.id === bot && [toMark(nonce), halfMark].includes(markOf(message) ?? 0);
  const place = await parts.channels.ifThere(thread ?? channel);
  // Where a channel is gone, so is what was posted there.
  if (!place) return undefined;
  const after = firstId(since);
  const found = FORUMS.includes(place.type)
    ? await findInForum(parts, { forum: place, bot, ours, after, since })
    : await findNewest(parts.api, { channel: place.id, ours, after });
  if (!found) return undefined;
  const { ref, message } = found;
  const half = markOf(message) === halfMark && !(await findContinuation(parts, ref, PAGES));
  return { ref, half };
}

/** The message of ours that goes on with another, among as many pages of those behind it. Throws `AppError`. */
export async function findContinuation(
  { api, botId }: Pick<FindParts, 'api' | 'botId'>,
  { channel, id }: MessageRef,
  pages = 1,
): Promise<MessageRef | undefined> {
  const bot = botId();
  let after = id;
  for (let page = 0; page < pages; page++) {
    const messages = await readPage(api, channel, { after });
    const found = messages.find(
      ({ author, message_reference: reference }) => author?.id === bot && reference?.message_id === id,
    );
    if (found) return { channel, id: found.id };
    const [newest] = messages;
    if (!newest || messages.length < PAGE) return undefined;
    after = newest.id;
  }
  return undefined;
}

/** Looks from the newest message back to the first that it could be. */
async function findNewest(
  api: DiscordApi,
  {
    channel,
    ours,
    after,
  }: { readonly channel: string; readonly ours: (message: Kept) => boolean; readonly after: bigint },
): Promise<Found | undefined> {
  for (let before: string | undefined; ; ) {
    const messages = await readPage(api, channel, before === undefined ? {} : { before });
    const recent = messages.filter(({ id }) => BigInt(id) > after);
    const message = recent.find(ours);
    if (message) return { ref: { channel, id: message.id }, message };
    const oldest = recent.at(-1);
    if (!oldest || recent.length < PAGE) return undefined;
    // A page that does not lead further back would be asked for without end.
    if (before !== undefined && BigInt(oldest.id) >= BigInt(before)) throw unreadable();
    before = oldest.id;
  }
}

async function readPage(
  api: DiscordApi,
  channel: string,
  from: Readonly<Record<string, string>>,
): Promise<readonly Kept[]> {
  const query = { ...from, limit: String(PAGE) };
  const path = `/channels/${channel}/messages` as const;
  const messages = await retryLimited(() => api.request<readonly Kept[]>('GET', path, { query, answer: 'list' }));
  if (messages.some(({ id }) => !/^\d+$/.test(id))) throw unreadable();
  return messages;
}

/** The smallest id that a message can have which was posted since then. */
function firstId(since: Date): bigint {
  return BigInt(Math.max(0, since.getTime() - SKEW - EPOCH)) << 22n;
}
