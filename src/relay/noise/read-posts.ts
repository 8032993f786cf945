import type { EventSummary } from '../../core/event/event.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Responses } from '../../core/event/noted/response.ts';
import type { StoredPost } from '../../core/event/post.ts';
import { isSamePlace, type Place } from '../../core/settings/channel.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';

/** An event that a channel was sent, and how. */
export interface Sent {
  readonly post: StoredPost;
  readonly event: EventSummary;
  /** Whether it was a message of its own, or only counted on one that says the same. */
  readonly as: 'message' | 'count';
  readonly responses: Responses | undefined;
}

/** Posts and events that are read at once, and posts of an endpoint that are looked at. */
const PAGE = 500;
const MOST = 20_000;

/** What a channel was sent by some endpoints since a moment, newest first, and whether there was more. */
export async function readSent(
  journal: Pick<Journal, 'posts' | 'events' | 'responses'>,
  place: Place,
  { endpoints, since }: { readonly endpoints: readonly Endpoint[]; readonly since: Date },
): Promise<{ readonly sent: readonly Sent[]; readonly partial: boolean }> {
  const sent: Sent[] = [];
  let partial = false;
  for (const { id: endpointId } of endpoints) {
    let looked = 0;
    for (let before: string | undefined; ; ) {
      const page = await journal.posts.list({
        endpointId,
        state: 'posted',
        limit: PAGE,
        ...(before !== undefined && { before }),
      });
      const recent = page.filter(({ createdAt }) => createdAt >= since);
      sent.push(
        ...(await withEvents(
          journal,
          recent.filter((post) => isSamePlace(post, place)),
        )),
      );
      looked += page.length;
      before = page.at(-1)?.id;
      if (recent.length < page.length || page.length < PAGE) break;
      if (looked >= MOST) {
        partial = true;
        break;
      }
    }
  }
  return { sent, partial };
}

async function withEvents(
  { events, responses }: Pick<Journal, 'events' | 'responses'>,
  posts: readonly StoredPost[],
): Promise<readonly Sent[]> {
  const counted = posts.flatMap((post) => {
    const as = howSent(post);
    return post.eventId !== undefined && as ? [{ post, eventId: post.eventId, as }] : [];
  });
  const ids = [...new Set(counted.map(({ eventId }) => eventId))];
  const [summaries, answers] = await Promise.all([events.summaries(ids), responses.of(ids)]);
  const byId = new Map(summaries.map((event) => [event.id, event]));
  return counted.flatMap(({ post, eventId, as }) => {
    const event = byId.get(eventId);
    return event ? [{ post, event, as, responses: answers.get(eventId) }] : [];
  });
}

/** What people asked for themselves, and what only changed a message, is not noise. */
function howSent({ replay, refresh, plan }: StoredPost): Sent['as'] | undefined {
  if (replay || refresh) return undefined;
  if (plan === undefined || plan.act === 'post' || plan.act === 'reply') return 'message';
  return plan.act === 'count' ? 'count' : undefined;
}
