import type { Clock } from '../core/clock.ts';
import type { Counters } from '../core/counters.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { AppError, notFound } from '../core/errors.ts';
import type { HookEvent } from '../core/event.ts';
import type { Journal } from '../core/journal.ts';
import type { Log } from '../core/log.ts';
import { escapeMarkdown, type Message, toMessage } from '../core/message.ts';
import type { Platform } from '../core/platform.ts';
import type { NewPost, Post } from '../core/post.ts';
import type { Provider } from '../core/provider.ts';
import type { Relay } from '../core/relay.ts';
import type { SettingsStore } from '../core/settings.ts';
import type { ComposeProblem, Composer } from '../render/compose.ts';
import { decide } from './decide.ts';
import { deliver } from './deliver.ts';
import { toDigest } from './digest.ts';
import { toActions, toMore } from './event-actions.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { createProcessor, type Processor } from './process.ts';
import { type ReadEvent, readEvent } from './read-event.ts';
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
    onClosed: (post, reason) => void tellClosed(post, reason),
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
    onMismatch: (endpoint, reason, times) => void tellMismatch(endpoint, reason, times),
  });
  async function composePost(post: Post): Promise<Message> {
    if (post.message) return post.message;
    const known = post.eventId ? atHand.get(post.eventId) : undefined;
    const event = known?.event ?? (post.eventId ? await journal.events.get(post.eventId) : undefined);
    if (!event)
      throw new AppError(
        410,
        'event_gone',
        `Event \`${post.eventId}\` is no longer in the journal, so it cannot be told.`,
      );
    const { message, faults } = composeEvent(event, known?.read);
    await tellFaults(faults, post);
    return message;
  }

  function composeEvent(
    event: HookEvent,
    read = readEvent(event, providers.get(event.provider)),
  ): { message: Message; faults: readonly ComposeProblem[] } {
    const { endpoints, templates, people } = settings.current;
    const endpoint = endpoints.find(({ id }) => id === event.endpointId);
    const { message, problems } = composer.compose({
      event: read.incoming,
      about: read.about,
      providerName: event.provider,
      providerTitle: providers.get(event.provider)?.title ?? event.provider,
      endpointName: endpoint?.name ?? 'a deleted endpoint',
      endpointId: event.endpointId,
      verified: event.verification.secretId !== undefined,
      overrides: templates,
      people,
    });
    return {
      message: {
        ...message,
        more: toMore(event.id),
        actions: [...message.actions, ...toActions(event.id, read.about, endpoint)],
      },
      faults: problems,
    };
  }

  /** A template's mistake is told once, where its messages go; the message itself is never lost to it. */
  async function tellFaults(
    faults: readonly ComposeProblem[],
    { platform, channel, channelName, endpointId }: Post,
  ): Promise<void> {
    for (const { template, message, line, column } of faults) {
      counters.add('template_problems');
      const key = `${template}\n${message}`;
      if (toldFaults.has(key)) continue;
      toldFaults.add(key);
      const place = line ? ` line ${line}${column ? `, column ${column}` : ''}` : '';
      log.warn({ template, line, column }, `a template failed: ${message}`);
      const body = `The template \`${template}\`${place} failed: ${escapeMarkdown(message)}\nIts messages are told by the next best template until it is mended.`;
      await notify([
        {
          platform,
          channel,
          channelName,
          state: 'due',
          ...(endpointId && { endpointId }),
          message: toMessage({ severity: 'warning', title: { text: 'A template failed' }, body }),
        },
      ]);
    }
  }

  /** A channel that takes nothing cannot say so itself: the endpoint's other channels are told, or the page when there is none. */
  async function tellClosed({ platform, channel, channelName, endpointId }: Post, reason: string): Promise<void> {
    const endpoint = settings.current.endpoints.find(({ id }) => id === endpointId);
    const others = (endpoint?.routes ?? []).filter((route) => route.platform !== platform || route.channel !== channel);
    const places = others.length ? others : [{ platform: 'local', channel: 'general', channelName: 'general' }];
    const title = platforms.get(platform)?.title ?? platform;
    const message = toMessage({
      severity: 'warning',
      title: { text: `${title} #${channelName} takes no messages` },
      body: `${reason}\nWhat it is owed${endpoint ? ` by ${escapeMarkdown(endpoint.name)}` : ''} is kept: mend the channel and try again, or route it elsewhere.`,
      actions: [{ label: 'What failed', command: 'failed', options: endpoint ? { endpoint: endpoint.name } : {} }],
    });
    const posts = places.map((place) => ({
      platform: place.platform,
      channel: place.channel,
      channelName: place.channelName,
      state: 'due' as const,
      ...(endpointId && { endpointId }),
      message,
    }));
    await notify(posts).catch((error: unknown) =>
      log.error({ err: error, endpointId }, 'nobody could be told of a closed channel'),
    );
  }

  async function tellMismatch(endpoint: Endpoint, reason: string, times: number): Promise<void> {
    const body = `The last ${times} deliveries were refused: ${escapeMarkdown(reason)}.\nCompare the secret at the provider with this endpoint's, or make a new one.`;
    const message = toMessage({
      severity: 'warning',
      title: { text: `${endpoint.name}: the secret does not match` },
      body,
      actions: [
        { label: 'Why', command: 'why', options: { event: endpoint.name } },
        { label: 'New secret', command: 'rotate', options: { endpoint: endpoint.name } },
      ],
    });
    await notify(
      endpoint.routes.map(({ platform, channel, channelName }) => ({
        platform,
        channel,
        channelName,
        state: 'due',
        endpointId: endpoint.id,
        message,
      })),
    ).catch((error: unknown) =>
      log.error({ err: error, endpointId: endpoint.id }, 'the owner could not be told of refused deliveries'),
    );
  }

  async function notify(posts: readonly NewPost[], { asked = false } = {}): Promise<readonly Post[]> {
    const owed = await journal.posts.owe(posts);
    lanes.add(owed, { asked });
    return owed;
  }

  const relay: Relay = {
    notify: (posts) => notify(posts),
    deliver,
    compose: (event) => composeEvent(event).message,
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
      const { about, quiet } = readEvent(event, providers.get(event.provider));
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
