import type { CommandParts } from '../../../core/command/command.ts';
import type { Caller } from '../../../core/command/permission.ts';
import type { EventSummary } from '../../../core/event/event.ts';
import { isSamePlace } from '../../../core/settings/channel.ts';

/** The event that somebody asks about, and others that fit what they said. */
export interface Asked {
  readonly id: string | undefined;
  readonly others: readonly EventSummary[];
}

const OTHERS = 5;
const RECENT_POSTS = 50;

/** The event of an id, a delivery id, an endpoint's latest, or the latest with these words; without any, the last that was posted in the caller's channel. */
export async function findAsked(
  what: string | undefined,
  caller: Caller,
  { view, journal }: Pick<CommandParts, 'view' | 'journal'>,
): Promise<Asked> {
  if (what === undefined) return { id: await lastPosted(caller, { view, journal }), others: [] };
  const id = what.replace(/^#/, '');
  const byId = /^\d{1,18}$/.test(id) ? await journal.events.get(id) : undefined;
  if (byId) return { id: byId.id, others: [] };
  const endpoint = await view.lookUp(what);
  const [first, ...others] = await journal.events.list({
    limit: OTHERS + 1,
    ...(endpoint ? { endpointId: endpoint.id } : { q: what }),
  });
  return { id: first?.id, others: first?.deliveryId === what ? [] : others };
}

async function lastPosted(
  caller: Caller,
  { view, journal }: Pick<CommandParts, 'view' | 'journal'>,
): Promise<string | undefined> {
  const here = (await view.endpoints()).filter(({ routes }) => routes.some((route) => isSamePlace(route, caller)));
  const lists = await Promise.all(here.map(({ id }) => journal.posts.list({ endpointId: id, limit: RECENT_POSTS })));
  const [last] = lists
    .flat()
    .filter((post) => post.eventId && !post.refresh && isSamePlace(post, caller))
    .toSorted((a, b) => Number(b.id) - Number(a.id));
  return last?.eventId;
}
