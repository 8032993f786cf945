import { AppError } from '../core/errors.ts';
import type { HookEvent } from '../core/event/event.ts';
import type { Journal } from '../core/event/journal.ts';
import type { Post } from '../core/event/post.ts';
import type { Log } from '../core/log.ts';
import type { Message } from '../core/message/message.ts';
import type { Provider } from '../core/provider/provider.ts';
import type { SecretMask } from '../core/settings/secret-mask.ts';
import type { SettingsStore } from '../core/settings/settings.ts';
import { type ReadEvent, readEvent } from '../reading/read-event.ts';
import type { ComposeProblem, Composer } from '../render/compose.ts';
import type { AtHand } from './at-hand.ts';
import { toActions, toMore } from './event-actions.ts';

export interface EventComposer {
  /** The message an event makes now. */
  compose(event: HookEvent): Message;
  /** The message a post says, made when its turn comes. Throws `AppError` where there is none to be made. */
  composePost(post: Post): Promise<Message>;
}

export interface EventComposerParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly composer: Composer;
  readonly atHand: Pick<AtHand, 'get'>;
  readonly log: Log;
  readonly mask: SecretMask;
  /** Called for each mistake of a template whose message was made by another. */
  readonly onProblem: (problem: ComposeProblem, post: Post) => void;
}

/** Turns events into messages, each with the buttons that every event has. */
export function createEventComposer(parts: EventComposerParts): EventComposer {
  const { providers, settings, journal, composer, atHand, log, mask, onProblem } = parts;
  let turn: Promise<unknown> = Promise.resolve();

  function composeEvent(
    event: HookEvent,
    read: ReadEvent = readEvent(event, providers.get(event.provider), mask),
  ): { readonly message: Message; readonly problems: readonly ComposeProblem[] } {
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
      minorUnits: providers.get(event.provider)?.minorUnits,
    });
    const actions = [...message.actions, ...toActions(event.id, read.about, endpoint)];
    return { message: { ...message, more: toMore(event.id), actions }, problems };
  }

  async function composePost(post: Post): Promise<Message> {
    const { eventId } = post;
    if (eventId === undefined) return readNotice(post);
    const known = atHand.get(eventId);
    if (known) return composeFor(post, known.event, known.read);
    return oneAtATime(async () => {
      const event = await journal.events.get(eventId);
      if (event) return composeFor(post, event);
      throw new AppError(
        410,
        'event_gone',
        `Event \`${eventId}\` is no longer in the journal, so it cannot be posted.`,
      );
    });
  }

  async function readNotice({ id }: Post): Promise<Message> {
    const message = (await journal.posts.get(id))?.message;
    if (message) return message;
    throw new AppError(410, 'notice_gone', 'This notice is no longer in the journal, so it cannot be posted.');
  }

  function composeFor(post: Post, event: HookEvent, read?: ReadEvent): Message {
    try {
      const { message, problems } = composeEvent(event, read);
      for (const problem of problems) onProblem(problem, post);
      return message;
    } catch (cause) {
      log.error(
        { err: cause, eventId: event.id, provider: event.provider, type: event.type },
        'no message could be made of an event',
      );
      const text = `No message could be made of event \`${event.id}\`. This is a fault of Bellhop’s, and its log has the details.`;
      throw new AppError(422, 'not_composed', text, { cause });
    }
  }

  /** Events may be large and lanes many, so no two of them are read at the same time. */
  function oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  return { compose: (event) => composeEvent(event).message, composePost };
}
