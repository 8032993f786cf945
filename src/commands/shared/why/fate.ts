import type { RouteDecision } from '../../../core/event/decision.ts';
import type { EventWithPosts, StoredEvent } from '../../../core/event/event.ts';
import type { StoredPost } from '../../../core/event/post.ts';
import type { Route } from '../../../core/settings/endpoint.ts';
import { heldByRoute } from '../../../core/settings/route-hold.ts';

/** What can have become of an event in one channel, what needs somebody first. */
export const fates = [
  'failed',
  'deleted',
  'set_aside',
  'hidden',
  'filtered',
  'muted',
  'held',
  'noise',
  'unrouted',
  'rolled_up',
  'elsewhere',
  'given_up',
  'waiting',
  'posted',
] as const;
export type FateKind = (typeof fates)[number];

/** An event without what came. */
export type FatedEvent = Pick<StoredEvent, 'id' | 'type' | 'about' | 'receivedAt' | 'decision'>;

/** What became of an event in one channel. */
export interface Fate {
  readonly kind: FateKind;
  readonly event: FatedEvent;
  /** The channel, where it was decided for one. */
  readonly route?: RouteDecision;
  /** The post that was owed there last. */
  readonly post?: StoredPost;
  /** What did it, as a clause without a full stop. */
  readonly reason: string;
}

/** What became of an event in each of the channels that somebody asks about. */
export function fatesOf(
  { event, posts }: { readonly event: FatedEvent } & Pick<EventWithPosts, 'posts'>,
  { routes, gone }: { readonly routes: readonly Route[]; readonly gone: ReadonlySet<string> },
): readonly Fate[] {
  const { decision } = event;
  if (!decision) return [{ kind: 'waiting', event, reason: 'it is not decided yet, which takes a moment' }];
  const aside = decision.steps.find(({ step }) => step === 'failed');
  if (aside) return [{ kind: 'set_aside', event, reason: aside.text }];
  const wanted = new Set(routes.map(({ id }) => id));
  const decided = decision.routes.filter(({ routeId }) => wanted.has(routeId));
  if (decided.length === 0) {
    const reason =
      decision.routes.length === 0
        ? 'the endpoint had no route when the event arrived'
        : 'the route was added after the event arrived';
    return [{ kind: 'unrouted', event, reason }];
  }
  return decided.map((route) => {
    const post = posts.find(({ routeId, refresh }) => routeId === route.routeId && !refresh);
    const [kind, reason] = kindOf(event, route, { post, isGone: post !== undefined && gone.has(post.id) });
    return { kind, event, route, reason, ...(post && { post }) };
  });
}

function kindOf(
  { decision }: FatedEvent,
  { outcome, reason, ruleId, muteId }: RouteDecision,
  { post, isGone }: { readonly post: StoredPost | undefined; readonly isGone: boolean },
): readonly [FateKind, string] {
  if (isGone) return ['deleted', 'the message was posted, and somebody deleted it there'];
  if (post?.state === 'posted') return shownAs(post);
  if (post?.state === 'failed') return ['failed', post.error ?? 'no reason was given'];
  if (post?.state === 'dropped') return ['given_up', 'it could not be posted, and somebody gave it up'];
  if (outcome === 'drop') {
    if (decision?.steps.some(({ step, text }) => step === 'quiet' && text.endsWith(reason))) return ['noise', reason];
    return [ruleId === undefined ? 'filtered' : 'hidden', reason];
  }
  if (outcome === 'hold' && (!post || post.state === 'held'))
    return [muteId === undefined || heldByRoute(muteId) ? 'held' : 'muted', reason];
  return ['waiting', post?.error ?? 'it waits for its turn in this channel'];
}

function shownAs({ plan }: StoredPost): readonly [FateKind, string] {
  switch (plan?.act) {
    case 'rollUp':
      return ['rolled_up', 'its source sent more than the channel can carry, so one message shows them all'];
    case 'edit':
      return ['elsewhere', 'the message of its subject was edited to show it, and an edit notifies nobody'];
    case 'count':
      return ['elsewhere', 'it says the same as a message that stands, and is counted there'];
    case 'reply':
      return ['elsewhere', 'it is a reply in the thread of its subject'];
    case 'keep':
    case 'gathered':
      return ['elsewhere', 'the message of its subject shows what came later'];
    default:
      return ['posted', 'it was posted there'];
  }
}
