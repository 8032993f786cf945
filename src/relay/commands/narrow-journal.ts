import { type Caller, owns } from '../../core/command/permission.ts';
import type { VisibleJournal } from '../../core/command/view.ts';
import type { EventQuery, StoredEvent } from '../../core/event/event.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { PostQuery, StoredPost } from '../../core/event/post.ts';
import type { Place } from '../../core/settings/channel.ts';
import type { WatchedView } from './create-view.ts';

/** Lists that are asked for at once. */
const AT_ONCE = 20;
/** What is read at a time where most of it may have to be left out. */
const PAGE = 200;

interface Entry {
  readonly id: string;
  readonly endpointId?: string;
}

/**
 * The journal as far as a caller may know it. An event whose endpoint is gone is still explained to those who see a channel
 * it was meant for; no list shows it, but to admins.
 */
export function narrowJournal(journal: Journal, view: WatchedView, caller: Caller): VisibleJournal {
  const everything = caller.role === 'admin';

  async function isShown({ endpointId }: Pick<Entry, 'endpointId'>): Promise<boolean> {
    if (endpointId !== undefined && everything) view.noteShown(endpointId);
    return everything || (endpointId !== undefined && (await view.byId(endpointId)) !== undefined);
  }

  function noted<T extends Entry>(entries: readonly T[]): readonly T[] {
    for (const { endpointId } of entries) if (endpointId !== undefined) view.noteShown(endpointId);
    return entries;
  }

  /** Whether a caller may know what of an endpoint goes to one of its channels: an owner may, wherever it leads. */
  async function seesPart(endpointId: string, place: Place): Promise<boolean> {
    const endpoint = everything ? undefined : await view.byId(endpointId);
    return everything || (endpoint !== undefined && owns(caller, endpoint)) || view.surelySees(place);
  }

  async function isOwned(endpointId: string): Promise<boolean> {
    const endpoint = await view.byId(endpointId);
    return endpoint !== undefined && owns(caller, endpoint);
  }

  async function isEventShown({ endpointId, decision }: StoredEvent): Promise<boolean> {
    if (everything || !view.isGone(endpointId)) return isShown({ endpointId });
    view.noteShown(endpointId);
    const here = (decision?.routes ?? []).filter(({ platform }) => platform === caller.platform);
    return (await Promise.all(here.map(view.surelySees))).some(Boolean);
  }

  async function withoutHiddenRoutes(event: StoredEvent): Promise<StoredEvent> {
    const { decision, endpointId } = event;
    if (!decision || everything) return event;
    const shown = await Promise.all(decision.routes.map((route) => seesPart(endpointId, route)));
    const routes = decision.routes.filter((_, index) => shown[index]);
    const hidden = new Set(decision.routes.filter((_, index) => !shown[index]).map(({ routeId }) => routeId));
    const steps = decision.steps.filter(({ routeId }) => routeId === undefined || !hidden.has(routeId));
    return { ...event, decision: { ...decision, steps, routes } };
  }

  const eventsOf = (query: EventQuery) => journal.events.list(query);
  const postsOf = (query: PostQuery) => journal.posts.list(query);

  async function listEvents(query: EventQuery) {
    if (everything) return noted(await eventsOf(query));
    if (query.endpointId !== undefined) return (await isShown(query)) ? eventsOf(query) : [];
    // Each endpoint's newest are found at once by its index. A search costs the same for one endpoint as for all of them.
    const endpoints = await view.endpoints();
    return query.q === undefined && query.body === undefined
      ? newestOf(endpoints, query, eventsOf)
      : eventsOf({ ...query, endpointIds: endpoints.map(({ id }) => id) });
  }

  /** Whether a post may be listed, alone or with an event that may be shown. */
  async function isPostShown(post: StoredPost, shownEvent: string | undefined): Promise<boolean> {
    const { endpointId, eventId } = post;
    if (endpointId === undefined) return everything;
    const isOfGone = eventId !== undefined && eventId === shownEvent && view.isGone(endpointId);
    return ((await isShown(post)) || isOfGone) && seesPart(endpointId, post);
  }

  async function listPosts(query: PostQuery): Promise<readonly StoredPost[]> {
    const isKept = (post: StoredPost) => isPostShown(post, query.eventId);
    if (everything || query.eventId !== undefined || query.muteId !== undefined || query.endpointId !== undefined)
      return fill(query, postsOf, isKept);
    return newestOf(await view.endpoints(), query, (narrowed) => fill(narrowed, postsOf, isKept));
  }

  return {
    events: {
      async get(id) {
        const event = await journal.events.get(id);
        return event && (await isEventShown(event)) ? withoutHiddenRoutes(event) : undefined;
      },
      async whole(id) {
        const event = await journal.events.get(id);
        return event && (await isEventShown(event)) ? journal.events.whole(id) : undefined;
      },
      async getWithPosts(id, limit) {
        const found = await journal.events.getWithPosts(id, limit);
        if (!found || !(await isEventShown(found.event))) return undefined;
        const posts = await filter(found.posts, (post) => isPostShown(post, found.event.id));
        return { event: await withoutHiddenRoutes(found.event), posts };
      },
      list: listEvents,
      summaries: async (ids) => filter(await journal.events.summaries(ids), isShown),
      hiddenBy: async (endpointId, ruleIds) =>
        (await isShown({ endpointId })) ? journal.events.hiddenBy(endpointId, ruleIds) : new Map(),
      secretUse: async (endpointId) =>
        (await isShown({ endpointId })) ? journal.events.secretUse(endpointId) : new Map(),
    },
    posts: { list: listPosts },
    bodies: { coverage: () => journal.bodies.coverage() },
    refusals: {
      list: async (query) => (everything || (await isShown(query)) ? journal.refusals.list(query) : []),
      async get(id) {
        const refusal = await journal.refusals.get(id);
        return refusal && (everything || (await isShown(refusal))) ? refusal : undefined;
      },
      async proof(id) {
        const refusal = await journal.refusals.get(id);
        return refusal && (await isOwned(refusal.endpointId)) ? journal.refusals.proof(id) : undefined;
      },
      proven: async (endpointId) => ((await isOwned(endpointId)) ? journal.refusals.proven(endpointId) : []),
    },
    audit: { list: async (query) => (everything ? journal.audit.list(query) : []) },
  };
}

async function filter<T>(entries: readonly T[], isKept: (entry: T) => Promise<boolean>): Promise<readonly T[]> {
  const kept = await Promise.all(entries.map(isKept));
  return entries.filter((_, index) => kept[index]);
}

/** The newest entries of several endpoints, each of whose lists begins with its newest. */
async function newestOf<Query extends { readonly limit: number }, T extends Entry>(
  endpoints: readonly { readonly id: string }[],
  query: Query,
  list: (query: Query & { readonly endpointId: string }) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  let newest: readonly T[] = [];
  for (let at = 0; at < endpoints.length; at += AT_ONCE) {
    const some = endpoints.slice(at, at + AT_ONCE);
    const lists = await Promise.all(some.map(({ id }) => list({ ...query, endpointId: id })));
    newest = [newest, ...lists]
      .flat()
      .toSorted((a, b) => Number(b.id) - Number(a.id))
      .slice(0, query.limit);
  }
  return newest;
}

/** A full page of those that may be shown: reads on as long as some are left out. */
async function fill<Query extends { readonly limit: number; readonly before?: string }, T extends Entry>(
  query: Query,
  list: (query: Query) => Promise<readonly T[]>,
  isKept: (entry: T) => Promise<boolean>,
): Promise<readonly T[]> {
  const kept: T[] = [];
  for (let { before } = query, limit = query.limit; ; limit = Math.max(query.limit, PAGE)) {
    const page = await list({ ...query, limit, ...(before !== undefined && { before }) });
    for (const entry of page) if (kept.length < query.limit && (await isKept(entry))) kept.push(entry);
    before = page.at(-1)?.id;
    if (kept.length >= query.limit || page.length < limit) return kept;
  }
}
