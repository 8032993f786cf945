import type { EventSummary } from '../../core/event/event.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { StoredPost } from '../../core/event/post.ts';

/** What a mute, or a route, holds for one channel since its last digest. */
export interface HeldChannel
  extends Pick<StoredPost, 'platform' | 'channel' | 'channelName' | 'endpointId' | 'routeId'> {
  readonly count: number;
  /** The newest of the events, oldest first. */
  readonly events: readonly EventSummary[];
  /** The posts that hold these events, by the events' ids. */
  readonly posts: ReadonlyMap<string, string>;
  /** When the first of all was held. */
  readonly since: Date;
}

const PAGE = 500;
/** Events that are looked at one by one; of older ones only the number is known. */
const LOOKED_AT = 2_000;
const LOOKED_AT_ONCE = 200;

interface Found {
  readonly newest: StoredPost;
  since: Date;
  count: number;
  readonly posts: Map<string, string>;
}

/** Reads what a mute, or a route, holds, channel by channel. */
export async function readHeld(holder: string, journal: Journal): Promise<readonly HeldChannel[]> {
  const channels = new Map<string, Found>();
  const wanted = new Set<string>();
  for await (const post of heldSinceDigest(holder, journal)) {
    const key = `${post.platform}:${post.channel}`;
    const found = channels.get(key) ?? { newest: post, since: post.createdAt, count: 0, posts: new Map() };
    channels.set(key, found);
    found.count++;
    found.since = post.createdAt;
    if (post.eventId === undefined || (wanted.size >= LOOKED_AT && !wanted.has(post.eventId))) continue;
    wanted.add(post.eventId);
    if (!found.posts.has(post.eventId)) found.posts.set(post.eventId, post.id);
  }
  const events = await summarize([...wanted], journal);
  return [...channels.values()].map(({ newest, since, count, posts }) => {
    const { platform, channel, channelName, endpointId, routeId } = newest;
    return {
      platform,
      channel,
      channelName,
      ...(endpointId !== undefined && { endpointId }),
      ...(routeId !== undefined && { routeId }),
      count,
      since,
      events: [...posts.keys()].toReversed().flatMap((id) => events.get(id) ?? []),
      posts,
    };
  });
}

/** Newest first. What comes before a digest was in that one. */
async function* heldSinceDigest(muteId: string, { posts }: Journal): AsyncGenerator<StoredPost> {
  for (let before: string | undefined; ; ) {
    const page = await posts.list({ muteId, limit: PAGE, ...(before !== undefined && { before }) });
    for (const post of page) {
      const isDigest = post.eventId === undefined;
      if (isDigest) return;
      if (post.state === 'held') yield post;
    }
    before = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

async function summarize(ids: readonly string[], { events }: Journal): Promise<ReadonlyMap<string, EventSummary>> {
  const found = new Map<string, EventSummary>();
  for (let from = 0; from < ids.length; from += LOOKED_AT_ONCE)
    for (const event of await events.summaries(ids.slice(from, from + LOOKED_AT_ONCE))) found.set(event.id, event);
  return found;
}
