import type { Clock } from '../core/clock.ts';
import { notFound } from '../core/errors.ts';
import type { HookEvent, StoredEvent } from '../core/event/event.ts';
import type { Journal } from '../core/event/journal.ts';
import type { NewPost, Post } from '../core/event/post.ts';
import type { Relay, Shown } from '../core/event/relay.ts';
import type { Log } from '../core/log.ts';
import type { Provider } from '../core/provider/provider.ts';
import type { SecretMask } from '../core/settings/secret-mask.ts';
import type { SettingsStore } from '../core/settings/settings.ts';
import { cleanEvent } from '../reading/clean-event.ts';
import { maskPayload } from '../reading/payload/mask-payload.ts';
import { readEvent } from '../reading/read-event.ts';
import type { EventComposer } from './compose-event.ts';
import type { Decider } from './decide-events.ts';
import { createDecideAgain } from './deciding/decide-again.ts';
import { deliver } from './deliver.ts';
import type { Lanes } from './lanes.ts';
import { createMuteEnder, type MuteEnderParts } from './mutes/end-mutes.ts';
import { createPendingExpiry } from './pending/expire-pending.ts';
import { createBodyIndexer } from './searching/create-body-indexer.ts';

/** Posts that are changed in one commit. */
const PORTION = 200;

export interface RequestParts extends MuteEnderParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly mask: SecretMask;
  readonly compose: EventComposer['compose'];
  readonly titleOf: EventComposer['title'];
  readonly mentionsIn: EventComposer['mentions'];
  readonly lanes: Pick<Lanes, 'add' | 'hurry'>;
  readonly between: Decider['between'];
  readonly watchSilence: Relay['watchSilence'];
  readonly reportNoise: Relay['reportNoise'];
  readonly log: Log;
  /** Whether deliveries arrive in numbers: they come first. */
  readonly rush: () => boolean;
  /** Called for every event whose state may have changed. */
  readonly onEvent: (eventId: string) => void;
}

/** What commands, the clock and the API ask of the relay. */
export function createRelayRequests(parts: RequestParts): Relay {
  const { providers, settings, journal, mask, compose, lanes, notify, onEvent } = parts;

  function noteAll(posts: readonly { readonly eventId?: string }[]): void {
    for (const eventId of new Set(posts.map((post) => post.eventId))) if (eventId) onEvent(eventId);
  }

  const retry = (postIds: readonly string[], options: { readonly asked?: boolean } = { asked: true }) =>
    inPortions(postIds, async (portion) => {
      const posts: readonly Post[] = await journal.posts.retry(portion);
      lanes.add(posts, options);
      noteAll(posts);
      return posts.length;
    });

  function show(event: HookEvent): Shown {
    const { format, payload, problem } = readEvent(event, providers.get(event.provider), mask).incoming;
    return { format, payload: maskPayload(payload), problem };
  }

  return {
    ...createMuteEnder({ ...parts, postHeld: (postIds) => retry(postIds, {}) }),
    expirePending: createPendingExpiry(parts),
    notify: (posts) => notify(posts),
    deliver,
    watchSilence: parts.watchSilence,
    reportNoise: parts.reportNoise,
    searchBodies: createBodyIndexer({ ...parts, show }).goOn,
    read: (event) => cleanEvent(event, mask),
    show,
    compose,
    async replay(event) {
      const posts = await notify(toReplays(event, settings), { asked: true });
      onEvent(event.id);
      return posts;
    },
    decideAgain: createDecideAgain(parts),
    retry: (postIds) => retry(postIds),
    hurry: (channels) => lanes.hurry(channels),
    drop: (postIds) =>
      inPortions(postIds, async (portion) => {
        const posts = await journal.posts.drop(portion);
        noteAll(posts);
        return posts.length;
      }),
  };
}

/** Changes many posts a few at a time, the oldest first, for deliveries wait for each commit. Gives back how many changed. */
async function inPortions(
  postIds: readonly string[],
  change: (portion: readonly string[]) => Promise<number>,
): Promise<number> {
  const ids = postIds.toSorted((a, b) => Number(a) - Number(b));
  let changed = 0;
  for (let from = 0; from < ids.length; from += PORTION) changed += await change(ids.slice(from, from + PORTION));
  return changed;
}

function toReplays({ id: eventId, endpointId }: StoredEvent, { current }: SettingsStore): readonly NewPost[] {
  const endpoint = current.endpoints.find(({ id }) => id === endpointId);
  if (!endpoint?.routes.length) throw notFound('A route for this event', 'Add one with `/webhook route`.');
  return endpoint.routes.map(({ id, platform, channel, channelName }) => ({
    platform,
    channel,
    channelName,
    routeId: id,
    state: 'due',
    eventId,
    endpointId,
    replay: true,
  }));
}
