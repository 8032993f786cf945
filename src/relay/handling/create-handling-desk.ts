import type { Clock } from '../../core/clock.ts';
import {
  type Doer,
  type HandledSubject,
  type HandlingChange,
  type HandlingDesk,
  objectionTo,
} from '../../core/command/desks/handling-desk.ts';
import { AppError } from '../../core/errors.ts';
import type { StoredEvent } from '../../core/event/event.ts';
import { type Deed, type Handling, handlingSince, nothingDone } from '../../core/event/handling.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { NewPost } from '../../core/event/post.ts';
import type { KnownSubject } from '../../core/event/subject.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { SecretMask } from '../../core/settings/secret-mask.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { cleanText } from '../../core/text/clean-text.ts';
import { maskText } from '../../core/text/mask-secrets.ts';
import type { EventComposer } from '../compose-event.ts';
import { isAlarm, phaseOf } from '../following/phase.ts';
import type { Lanes } from '../lanes.ts';
import { toHandled } from './handled-message.ts';
import { withHandlingActions } from './handling-actions.ts';

export interface HandlingDeskParts {
  readonly journal: Journal;
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly clock: Pick<Clock, 'now'>;
  readonly mask: SecretMask;
  readonly lanes: Pick<Lanes, 'add'>;
  readonly compose: EventComposer['compose'];
  /** Called for every event whose state may have changed. */
  readonly onEvent: (eventId: string) => void;
}

/** Notes of a subject that are kept. */
const NOTES = 50;

/** Changes what people do about subjects, one change of a subject after another, and has its messages show it. */
export function createHandlingDesk(parts: HandlingDeskParts): HandlingDesk {
  const { journal, settings, providers, clock, mask, lanes, compose, onEvent } = parts;
  const turns = new Map<string, Promise<unknown>>();

  async function of(event: StoredEvent): Promise<HandledSubject | undefined> {
    return (await look(event))?.subject;
  }

  async function look(event: StoredEvent) {
    const { endpointId, about, provider } = event;
    if (about?.subject === undefined) return undefined;
    const key = { endpointId, subject: about.subject };
    const [known, handling = nothingDone] = await Promise.all([
      journal.subjects.everywhere(endpointId, about.subject),
      journal.handlings.get(key),
    ]);
    const newest = newestOf(known);
    const follow = providers.get(provider)?.follow;
    const subject: HandledSubject = {
      key,
      phase: newest ? newest.record.phase : phaseOf(about, follow),
      isAlarm: isAlarm(about, follow),
      handling: handlingSince(handling, newest?.record),
      places: known
        .filter(({ record }) => !record.rolledUp)
        .map(({ key: { platform, channel } }) => ({ platform, channel })),
    };
    return { subject, known };
  }

  /** One change of a subject after another, so that of two people who do the same at once the second learns of the first. */
  async function inTurn<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const mine = (turns.get(name) ?? Promise.resolve()).then(work);
    const settled = mine.catch(() => undefined).finally(() => turns.get(name) === settled && turns.delete(name));
    turns.set(name, settled);
    return mine;
  }

  async function change(event: StoredEvent, wanted: HandlingChange, doer: Doer): Promise<HandledSubject> {
    const { endpointId, about } = event;
    return inTurn(`${endpointId}\n${about?.subject}`, async () => {
      const looked = await look(event);
      if (!looked) throw new AppError(409, 'no_subject', 'This event has no alert, pull request or other subject.');
      const { subject, known } = looked;
      const objection = objectionTo(wanted, subject);
      if (objection) throw new AppError(409, objection.code, objection.message);
      const [newest] = await journal.events.list({ ...subject.key, limit: 1 });
      const deed = { ...doer, at: clock.now().toISOString(), eventId: newest?.id ?? event.id };
      const handling = changed(subject.handling, wanted, deed);
      const posts = [...toRefreshes(known, event), ...(await waitingFirsts(known, event))];
      const owed = await journal.posts.owe(posts, { handling: { key: subject.key, handling } });
      lanes.add(owed.map((post) => ({ ...post, ...(about && { about }) })));
      onEvent(event.id);
      return { ...subject, handling };
    });
  }

  function changed(handling: Handling, wanted: HandlingChange, deed: Deed): Handling {
    const { acknowledged: _acknowledged, resolved: _resolved, ...notes } = handling;
    const { acknowledged, resolved } = handling;
    switch (wanted) {
      case 'acknowledge':
        return { ...handling, acknowledged: deed };
      case 'unacknowledge':
        return { ...notes, ...(resolved && { resolved }) };
      case 'resolve':
        return { ...handling, resolved: deed };
      case 'reopen':
        return { ...notes, ...(acknowledged && { acknowledged }) };
      default: {
        const text = maskText(mask.text(cleanText(wanted.note).trim()));
        return { ...handling, notes: [...handling.notes, { ...deed, text }].slice(-NOTES) };
      }
    }
  }

  /** What brings the messages that stand up to date. */
  function toRefreshes(known: readonly KnownSubject[], event: StoredEvent): readonly NewPost[] {
    return known
      .filter(({ record }) => !record.rolledUp)
      .map(({ key: { platform, channel } }) => toRefresh({ platform, channel }, event));
  }

  /** A first message that is under way may have been made before the change, so it is brought up to date as well. */
  async function waitingFirsts(known: readonly KnownSubject[], event: StoredEvent): Promise<readonly NewPost[]> {
    const posts = await journal.posts.list({ eventId: event.id, state: 'due', limit: NOTES });
    return posts
      .filter(({ refresh, replay }) => !refresh && !replay)
      .filter((post) => !known.some(({ key }) => key.platform === post.platform && key.channel === post.channel))
      .map((post) => toRefresh(post, event));
  }

  function toRefresh(where: Pick<NewPost, 'platform' | 'channel'>, { id, endpointId }: StoredEvent): NewPost {
    return toRefreshPost(where, { id, endpointId, settings });
  }

  return {
    of,
    change,
    async ofEvents(events) {
      const found = new Map<string, Handling>();
      for (const [endpointId, some] of Map.groupBy(events, (event) => event.endpointId)) {
        const subjects = [...new Set(some.flatMap(({ about }) => about?.subject ?? []))];
        const handlings = await journal.handlings.list(endpointId, subjects);
        for (const [subject, handling] of handlings) {
          const newest = newestOf(await journal.subjects.everywhere(endpointId, subject));
          const since = handlingSince(handling, newest?.record);
          for (const { id, about } of some) if (about?.subject === subject) found.set(id, since);
        }
      }
      return found;
    },
    async compose(event) {
      const message = compose(event);
      const subject = await of(event);
      return subject ? withHandlingActions(toHandled(message, subject.handling), event.id, subject) : message;
    },
  };
}

/** A post that brings a channel's message of an event's subject up to date. */
export function toRefreshPost(
  { platform, channel }: Pick<NewPost, 'platform' | 'channel'>,
  {
    id: eventId,
    endpointId,
    settings,
  }: { readonly id: string; readonly endpointId: string; readonly settings: Pick<SettingsStore, 'current'> },
): NewPost {
  const routes = settings.current.endpoints.find(({ id }) => id === endpointId)?.routes ?? [];
  const route = routes.find((each) => each.platform === platform && each.channel === channel);
  return {
    platform,
    channel,
    channelName: route?.channelName ?? channel,
    ...(route && { routeId: route.id }),
    state: 'due',
    eventId,
    endpointId,
    refresh: true,
  };
}

function newestOf(known: readonly KnownSubject[]): KnownSubject | undefined {
  return known.toSorted((one, other) => Number(other.record.eventId) - Number(one.record.eventId))[0];
}
