import type { Clock } from '../core/clock.ts';
import { AppError } from '../core/errors.ts';
import type { Decision } from '../core/event/decision.ts';
import type { HookEvent, StoredEvent } from '../core/event/event.ts';
import type { Journal } from '../core/event/journal.ts';
import type { Post } from '../core/event/post.ts';
import type { Log } from '../core/log.ts';
import type { Density, NotifyLevel } from '../core/message/density.ts';
import { type Message, toMessage } from '../core/message/message.ts';
import type { Severity } from '../core/message/severity.ts';
import { type Provider, senderName } from '../core/provider/provider.ts';
import type { Endpoint, Route } from '../core/settings/endpoint.ts';
import type { Person } from '../core/settings/person.ts';
import type { SecretMask } from '../core/settings/secret-mask.ts';
import type { SettingsStore } from '../core/settings/settings.ts';
import { oneLine } from '../core/text/clean-text.ts';
import { isQuiet } from '../core/text/quiet-hours.ts';
import { type ReadEvent, readEvent } from '../reading/read-event.ts';
import type { Composed, ComposeProblem, Composer } from '../render/compose.ts';
import type { AtHand } from './at-hand.ts';
import { type Mentions, NOBODY } from './deciding/pings.ts';
import { withEventActions } from './event-actions.ts';

export interface EventComposer {
  /** The message an event makes now, with what every event's message has behind ⋯. */
  compose(event: HookEvent, look?: { readonly density?: Density }): Message;
  /** The same, with the template that made it and what is wrong with those that did not. A draft is tried before all others. */
  make(event: HookEvent, look?: Look): Made;
  /** Whom a post's message is to ping. */
  pinged(post: Post): Promise<readonly Person[]>;
  /** What happened in one line, as history and search show it. */
  title(event: HookEvent, read: ReadEvent): string;
  /** Whom an event's message names, as the event calls them; nobody while nobody is in the people list. */
  mentions(event: HookEvent, read: ReadEvent): Mentions;
  /** The message a post says, made when its turn comes. Throws `AppError` where there is none to be made. */
  composePost(post: Post): Promise<Message>;
  /** The message that an earlier event makes now, as a post's channel sees it; nothing where the event is gone. */
  composeEarlier(eventId: string, post: Post): Promise<Message | undefined>;
  /** The way by which a post goes to its channel; nothing where that was removed. */
  routeOf(post: Post): Route | undefined;
  /** Who sent the event of a post; nothing where its endpoint was deleted. */
  providerOf(post: Post): Provider | undefined;
}

export interface EventComposerParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly composer: Composer;
  readonly atHand: Pick<AtHand, 'get'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly mask: SecretMask;
  /** Called for each mistake of a template whose message was made by another. */
  readonly onProblem: (problem: ComposeProblem, post: Post) => void;
}

/** How an event's message is wanted. */
export interface Look {
  readonly read?: ReadEvent | undefined;
  readonly routeId?: string | undefined;
  readonly density?: Density | undefined;
  readonly notify?: NotifyLevel | undefined;
  /** Whom it pings; nobody when left out. */
  readonly pings?: ((person: Person) => boolean) | undefined;
  /** The severity that a rule gave the event in place of its own. */
  readonly severity?: Severity | undefined;
  /** A template's text to be tried. */
  readonly draft?: string | undefined;
}

export type Made = Pick<Composed, 'message' | 'template' | 'origin' | 'problems'>;

/** Turns events into messages, each with the buttons that every event has. */
export function createEventComposer(parts: EventComposerParts): EventComposer {
  const { providers, settings, journal, composer, atHand, clock, log, mask, onProblem } = parts;
  let turn: Promise<unknown> = Promise.resolve();

  function endpointOf({ endpointId }: { readonly endpointId?: string }): Endpoint | undefined {
    return settings.current.endpoints.find(({ id }) => id === endpointId);
  }

  /** What is said of an event, whatever it is said in. */
  function saidOf(event: HookEvent, { incoming, about }: ReadEvent) {
    const provider = providers.get(event.provider);
    const endpointName = endpointOf(event)?.name ?? 'a deleted endpoint';
    const providerTitle = senderName(provider, { name: event.provider, endpointName });
    return {
      event: incoming,
      about,
      providerName: event.provider,
      providerTitle,
      endpointName,
      minorUnits: provider?.minorUnits,
    };
  }

  function make(
    event: HookEvent,
    {
      read = readEvent(event, providers.get(event.provider), mask),
      severity = ruledSeverity(event),
      ...look
    }: Look = {},
  ): Made {
    const { templates, people } = settings.current;
    const { message, whole, ...made } = composer.compose({
      ...saidOf(event, read),
      ...look,
      endpointId: event.endpointId,
      verified: event.verification.secretId !== undefined,
      overrides: templates,
      people,
    });
    const endpoint = endpointOf(event);
    const votes = endpoint?.routes.find(({ id }) => id === look.routeId)?.votes === 'on';
    const facts = { eventId: event.id, about: read.about, endpoint, votes, whole };
    const ruled = severity && { severity };
    const marked = event.verification.unverified ? asUnverified(message) : message;
    return { ...made, message: { ...withEventActions(marked, facts), template: made.template, ...ruled } };
  }

  async function composePost(post: Post): Promise<Message> {
    const { eventId } = post;
    if (eventId === undefined) return readNotice(post);
    const known = atHand.get(eventId);
    if (known) return composeFor(post, known.event, known);
    return oneAtATime(async () => {
      const event = await journal.events.get(eventId);
      if (event) return composeFor(post, event, event);
      throw new AppError(
        410,
        'event_gone',
        `Event \`${eventId}\` is no longer in the journal, so it cannot be posted.`,
      );
    });
  }

  async function readNotice({ id }: Post): Promise<Message> {
    const message = (await journal.posts.get(id))?.message;
    // It may have been stored by an older version.
    if (message) return toMessage(message);
    throw new AppError(410, 'notice_gone', 'This notice is no longer in the journal, so it cannot be posted.');
  }

  function routeOf(post: Post): Route | undefined {
    return endpointOf(post)?.routes.find(({ id }) => id === post.routeId);
  }

  /** Those whom it was decided to ping, unless they have asked for quiet since. Whoever posts an event again pings nobody. */
  function pingsOf(post: Post, decision: Decision | undefined): Look['pings'] {
    const decided = post.replay ? undefined : decision?.routes.find(({ routeId }) => routeId === post.routeId);
    const names = new Set(decided?.mentioned?.flatMap(({ name, outcome }) => (outcome === 'ping' ? [name] : [])));
    if (names.size === 0) return undefined;
    const now = clock.now();
    return ({ name, pings, quiet }) => names.has(name) && pings !== 'off' && !(quiet && isQuiet(quiet, now));
  }

  function composeFor(
    post: Post,
    event: HookEvent,
    { read, decision }: { readonly read?: ReadEvent; readonly decision?: Decision },
  ): Message {
    try {
      const { id: routeId, density, notify } = routeOf(post) ?? {};
      const pings = pingsOf(post, decision);
      const { severity } = decision ?? {};
      const { message, problems } = make(event, { read, routeId, density, notify, pings, severity });
      for (const problem of problems) onProblem(problem, post);
      return message;
    } catch (cause) {
      log.error(
        { err: cause, eventId: event.id, provider: event.provider, type: event.type },
        'no message could be made of an event',
      );
      const text = `No message could be made of event \`${event.id}\`. This is a bug in Bellhop. Please report it with the entry from its log.`;
      throw new AppError(422, 'not_composed', text, { cause });
    }
  }

  /** Events may be large and lanes many, so no two of them are read at the same time. */
  function oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  return {
    compose: (event, look) => make(event, look).message,
    make,
    composePost,
    composeEarlier: (eventId, post) =>
      oneAtATime(async () => {
        const event = await journal.events.get(eventId);
        // What it pinged it has pinged.
        return event && composeFor(post, event, {});
      }),
    async pinged(post) {
      const { eventId } = post;
      if (eventId === undefined || settings.current.people.length === 0) return [];
      const decision = atHand.get(eventId)?.decision ?? (await journal.events.get(eventId))?.decision;
      const pings = pingsOf(post, decision);
      return pings ? settings.current.people.filter(pings) : [];
    },
    routeOf,
    providerOf: (post) => providers.get(endpointOf(post)?.provider ?? ''),
    title: (event, read) =>
      event.verification.handshake === undefined ? composer.title(saidOf(event, read)) : read.about.title,
    mentions(event, read) {
      const { templates: overrides, people } = settings.current;
      if (people.length === 0) return NOBODY;
      return composer.mentions({ ...saidOf(event, read), endpointId: event.endpointId, overrides, people });
    },
  };
}

/** The severity that a rule gave an event when it was decided, where its decision is at hand. */
function ruledSeverity(event: HookEvent & Pick<Partial<StoredEvent>, 'decision'>): Severity | undefined {
  return event.decision?.severity;
}

/** In the first line, which every look of a message shows. */
function asUnverified(message: Message): Message {
  const { title } = message;
  return { ...message, title: { ...title, text: oneLine(`Not verified: ${title?.text ?? 'an event'}`) } };
}
