import { hash } from 'node:crypto';
import type { Decision, RouteDecision } from '../../core/event/decision.ts';
import type { HookEvent } from '../../core/event/event.ts';
import type { NewPost } from '../../core/event/post.ts';

/** Characters of a nonce, of which every platform takes 25. */
const DIGEST_LENGTH = 17;

/** What a decision owes to channels. */
export function toPosts(event: HookEvent, { routes }: Pick<Decision, 'routes'>): readonly NewPost[] {
  return routes.filter(({ outcome }) => outcome !== 'drop').map((route) => toPost(event, route));
}

function toPost({ id: eventId, endpointId, perhapsPostedSince: since }: HookEvent, route: RouteDecision): NewPost {
  const { outcome, routeId, platform, channel, channelName, muteId } = route;
  return {
    platform,
    channel,
    channelName,
    routeId,
    state: outcome === 'hold' ? 'held' : 'due',
    eventId,
    endpointId,
    nonce: toNonce(eventId, route),
    ...(muteId && { muteId }),
    ...(since && { firstAttemptAt: since }),
  };
}

/** The same however often an event is decided: after a backup is restored its post has another number, and stands in the chat. */
function toNonce(eventId: string, { routeId, platform, channel }: RouteDecision): string {
  const name = [eventId, routeId, platform, channel].join('\n');
  return `bellhop-${hash('sha256', name, 'base64url').slice(0, DIGEST_LENGTH)}`;
}
