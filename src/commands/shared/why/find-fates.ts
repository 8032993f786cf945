import type { CommandParts } from '../../../core/command/command.ts';
import type { Caller } from '../../../core/command/permission.ts';
import type { EventSummary, StoredEvent } from '../../../core/event/event.ts';
import { isSamePlace } from '../../../core/settings/channel.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import { type Fate, fatesOf } from './fate.ts';
import { findGone } from './standing.ts';

/** Posts of an event that are looked at. */
const POSTS = 50;

interface Ground {
  readonly endpoint: Endpoint;
  readonly caller: Caller;
  readonly parts: CommandParts;
}

/** What became of events where the caller asks: in their channel, or in all that they may know of. */
export async function findFates(
  events: readonly EventSummary[],
  { endpoint, caller, parts }: Ground,
): Promise<readonly Fate[]> {
  const here = endpoint.routes.filter((route) => isSamePlace(route, caller));
  const routes = here.length > 0 ? here : endpoint.routes;
  const found = [];
  for (const summary of events) {
    const one = await parts.journal.events.getWithPosts(summary.id, POSTS);
    // Bodies may be large, so none is held.
    if (one) found.push({ event: { ...summary, ...pick(one.event) }, posts: one.posts });
  }
  const wanted = new Set(routes.map(({ id }) => id));
  const latest = found.flatMap(({ posts }) =>
    posts.filter(({ routeId, plan }) => routeId !== undefined && wanted.has(routeId) && isOwn(plan?.act)).slice(0, 1),
  );
  const gone = await findGone(latest, parts);
  return found.flatMap((one) => fatesOf(one, { routes, gone }));
}

/** Whether a post has a message of its own, which may have been deleted. */
function isOwn(act: string | undefined): boolean {
  return act === undefined || act === 'post';
}

function pick({ decision, about }: StoredEvent): Pick<StoredEvent, 'decision' | 'about'> {
  return { ...(decision && { decision }), ...(about && { about }) };
}
