import type { Clock } from '../core/clock.ts';
import type { Counters } from '../core/counters.ts';
import { AppError, notFound } from '../core/errors.ts';
import type { HookEvent } from '../core/event/event.ts';
import type { Journal } from '../core/event/journal.ts';
import type { NewPost, Post } from '../core/event/post.ts';
import type { Relay } from '../core/event/relay.ts';
import type { Log } from '../core/log.ts';
import type { Density, NotifyLevel } from '../core/message/density.ts';
import { type Message, toMessage } from '../core/message/message.ts';
import type { Platform } from '../core/platform/platform.ts';
import { type Provider, senderName } from '../core/provider/provider.ts';
import type { Route } from '../core/settings/endpoint.ts';
import type { SettingsStore } from '../core/settings/settings.ts';
import { type ReadEvent, readEvent } from '../reading/read-event.ts';
import type { ComposeProblem, Composer } from '../render/compose.ts';
import { decide } from './decide.ts';
import { deliver } from './deliver.ts';
import { toDigest } from './digest.ts';
import { withEventActions } from './event-actions.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { toClosedNotice, toFaultNotice, toMismatchNotice } from './notices.ts';
import { createProcessor, type Processor } from './process.ts';
import { createReceiver, type Receiver } from './receive.ts';
import { toRules } from './rules.ts';
import { createRush } from './rush.ts';

export interface RelayParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly composer: Composer;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly log: Log;
  readonly publicUrl: string;
  /** Hears of every event whose state may have changed. */
  readonly onEvent: (eventId: string) => void;
}

export interface RunningRelay extends Relay {
  readonly receiver: Receiver;
  readonly lanes: Lanes;
  readonly processor: Processor;
  /** Takes up what an earlier run left owed and undecided. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** How an event's message is wanted. */
interface Look {
  readonly read?: ReadEvent | undefined;
  readonly density?: Density | undefined;
  readonly notify?: NotifyLevel | undefined;
}

const DUE_PAGE = 500;
/** Payloads kept at hand between deciding and posting; others are read again from the journal. */
const AT_HAND = 500;

/** The way of an event after it was kept, and everything that is asked of it later. */
export function createRelay(parts: RelayParts): RunningRelay {
  const { providers, platforms, settings, journal, composer, clock, counters, log, publicUrl, onEvent } = parts;
  const atHand = new Map<string, { event: HookEvent; read: ReadEvent }>();
  const toldFaults = new Set<string>();
  const rush = createRush(clock);

  const lanes = createLanes({
    platforms,
    journal,
    clock,
    counters,
    log,
    compose: composePost,
    rush: () => rush.on,
    onClosed(post, reason) {
      const endpoint = settings.current.endpoints.find(({ id }) => id === post.endpointId);
      const platformTitle = platforms.get(post.platform)?.title ?? post.platform;
      tell(toClosedNotice({ post, platformTitle, endpoint, reason }));
    },
    onSettled({ eventId }) {
      if (!eventId) return;
      atHand.delete(eventId);
      onEvent(eventId);
    },
  });
  const processor = createProcessor({
    providers,
    settings,
    journal,
    clock,
    counters,
    log,
    rush: () => rush.on,
    titleOf: (event, read) => composer.title(saidOf(event, read)),
    onDecided(event, read, posts) {
      if (posts.some(({ state }) => state === 'due') && atHand.size < AT_HAND) atHand.set(event.id, { event, read });
      lanes.add(posts);
      onEvent(event.id);
    },
  });
  const receiver = createReceiver({
    providers,
    settings,
    journal,
    clock,
    counters,
    publicUrl,
    onKept(event) {
      rush.note();
      processor.add(event);
    },
    onMismatch: (endpoint, reason, times) => tell(toMismatchNotice(endpoint, reason, times)),
  });

  async function composePost(post: Post): Promise<Message> {
    // What was stored may be older than this version.
    if (post.message) return toMessage(post.message);
    const known = post.eventId ? atHand.get(post.eventId) : undefined;
    const event = known?.event ?? (post.eventId ? await journal.events.get(post.eventId) : undefined);
    if (!event)
      throw new AppError(
        410,
        'event_gone',
        `Event \`${post.eventId}\` is no longer in the journal, so it cannot be told.`,
      );
    const { density, notify } = routeOf(post) ?? {};
    const { message, faults } = composeEvent(event, { read: known?.read, density, notify });
    tellFaults(faults, post);
    return message;
  }

  function routeOf({ endpointId, routeId }: Post): Route | undefined {
    const { routes = [] } = settings.current.endpoints.find(({ id }) => id === endpointId) ?? {};
    return routes.find(({ id }) => id === routeId);
  }

  function saidOf(event: HookEvent, { incoming, about }: ReadEvent) {
    const endpointName = settings.current.endpoints.find(({ id }) => id === event.endpointId)?.name;
    const names = { name: event.provider, endpointName: endpointName ?? 'a deleted endpoint' };
    const providerTitle = senderName(providers.get(event.provider), names);
    return { event: incoming, about, providerName: names.name, providerTitle, endpointName: names.endpointName };
  }

  function composeEvent(
    event: HookEvent,
    { read = readEvent(event, providers.get(event.provider)), density, notify }: Look = {},
  ): { message: Message; faults: readonly ComposeProblem[] } {
    const { endpoints, templates, people } = settings.current;
    const { message, whole, problems } = composer.compose({
      ...saidOf(event, read),
      endpointId: event.endpointId,
      verified: event.verification.secretId !== undefined,
      overrides: templates,
      people,
      density,
      notify,
    });
    const endpoint = endpoints.find(({ id }) => id === event.endpointId);
    return {
      message: withEventActions(message, { eventId: event.id, about: read.about, endpoint, whole }),
      faults: problems,
    };
  }

  /** A template's mistake is told once, where its messages go; the message itself is never lost to it. */
  function tellFaults(faults: readonly ComposeProblem[], post: Post): void {
    for (const fault of faults) {
      counters.add('template_problems');
      const key = `${fault.template}\n${fault.message}`;
      if (toldFaults.has(key)) continue;
      toldFaults.add(key);
      log.warn({ template: fault.template, line: fault.line }, `a template failed: ${fault.message}`);
      tell(toFaultNotice(fault, post));
    }
  }

  /** Says something of our own accord. Nobody waits for it, so a failure ends in the log. */
  function tell(notices: readonly NewPost[]): void {
    notify(notices).catch((error: unknown) => log.error({ err: error }, 'a notice could not be recorded'));
  }

  async function notify(posts: readonly NewPost[], { asked = false } = {}): Promise<readonly Post[]> {
    const owed = await journal.posts.owe(posts);
    lanes.add(owed, { asked });
    return owed;
  }

  const relay: Relay = {
    notify: (posts) => notify(posts),
    deliver,
    compose: (event, look) => composeEvent(event, look).message,
    async replay(event) {
      const endpoint = settings.current.endpoints.find(({ id }) => id === event.endpointId);
      if (!endpoint?.routes.length) throw notFound('A route for this event', 'Add one with `/webhook route`.');
      const posts = await notify(
        endpoint.routes.map(({ id, platform, channel, channelName }) => ({
          platform,
          channel,
          channelName,
          routeId: id,
          state: 'due' as const,
          eventId: event.id,
          endpointId: endpoint.id,
          replay: true as const,
        })),
        { asked: true },
      );
      onEvent(event.id);
      return posts;
    },
    decideAgain(event) {
      const read = readEvent(event, providers.get(event.provider));
      const { quiet } = read;
      const about = { ...read.about, title: composer.title(saidOf(event, read)) };
      const facts = { endpointId: event.endpointId, type: event.type, about, verification: event.verification, quiet };
      return { about, decision: decide(facts, toRules(settings.current), clock.now()) };
    },
    async retry(postIds) {
      const posts = await journal.posts.retry(postIds);
      lanes.add(posts, { asked: true });
      for (const { eventId } of posts) if (eventId) onEvent(eventId);
      return posts.length;
    },
    endMute: (muteId) =>
      processor.between(async () => {
        const mute = settings.current.mutes.find(({ id }) => id === muteId);
        if (!mute) return;
        const digests = await toDigest({ mute, journal, settings: settings.current, now: clock.now() });
        if (digests.length) await notify(digests);
        await settings.update((now) => ({ ...now, mutes: now.mutes.filter(({ id }) => id !== muteId) }));
      }),
  };

  return {
    ...relay,
    receiver,
    lanes,
    processor,
    async start() {
      for (let after: string | undefined; ; ) {
        const due = await journal.posts.due({ ...(after && { after }), limit: DUE_PAGE });
        lanes.add(due, { doubtful: true });
        after = due.at(-1)?.id;
        if (due.length < DUE_PAGE) break;
      }
      processor.start();
    },
    async stop() {
      await processor.stop();
      await lanes.stop();
    },
  };
}
