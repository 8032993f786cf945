import type { StoredEvent } from '../../event/event.ts';
import type { Deed, Handling, HandlingKey } from '../../event/handling.ts';
import type { Phase } from '../../event/subject.ts';
import { escapeMarkdown, type Markdown, type Message, momentMarkdown } from '../../message/message.ts';
import { cutText } from '../../text/cut-text.ts';
import { plural } from '../../text/line.ts';

/** A subject as people may act on it. */
export interface HandledSubject {
  readonly key: HandlingKey;
  /** How it stands, as its provider says. */
  readonly phase: Phase | undefined;
  /** Whether somebody has to look at it until it is over. */
  readonly isAlarm: boolean;
  /** What people did since it opened last. */
  readonly handling: Handling;
  /** The channels in which a message of its own shows it. */
  readonly places: readonly { readonly platform: string; readonly channel: string }[];
}

/** Who does something about a subject, and where. */
export type Doer = Pick<Deed, 'by' | 'byName' | 'on'>;

export type HandlingChange = 'acknowledge' | 'unacknowledge' | 'resolve' | 'reopen' | { readonly note: string };

/** What people do about subjects. */
export interface HandlingDesk {
  /** The subject of an event; nothing where it has none. */
  of(event: StoredEvent): Promise<HandledSubject | undefined>;
  /** What people did about several events' subjects since they opened last, by the events' ids; what nobody did anything about is left out. */
  ofEvents(events: readonly Pick<StoredEvent, 'id' | 'endpointId' | 'about'>[]): Promise<ReadonlyMap<string, Handling>>;
  /** Changes what is done about an event's subject, and has all its messages show it. Throws `AppError` 409 where that is not to be done. */
  change(event: StoredEvent, change: HandlingChange, doer: Doer): Promise<HandledSubject>;
  /** The message an event makes now, with what people did about its subject, and what they can do. */
  compose(event: StoredEvent): Promise<Message>;
}

const NAME_LIMIT = 80;

/** `mona on Slack, 14:02`. */
export function deedMarkdown({ byName, on, at }: Deed): Markdown {
  return `${escapeMarkdown(cutText(byName, NAME_LIMIT))} on ${escapeMarkdown(on)}, ${momentMarkdown(new Date(at), 'time')}`;
}

/** What was done about a subject, a line each. */
export function handlingLines({ acknowledged, resolved }: Handling): readonly Markdown[] {
  return [
    ...(acknowledged ? [`Acknowledged by ${deedMarkdown(acknowledged)}`] : []),
    ...(resolved ? [`Resolved here by ${deedMarkdown(resolved)}`] : []),
  ];
}

/** What people did about a subject, notes included: all of it, oldest note first. */
export function handlingMarkdown(handling: Handling): Markdown {
  const notes = handling.notes.map((note) => `Note by ${deedMarkdown(note)}: ${escapeMarkdown(note.text)}`);
  return [...handlingLines(handling), ...notes].join('\n');
}

/** Who looks after a subject, in a few words; nothing where nobody does. */
export function handlingWords({ acknowledged, resolved, notes }: Handling): Markdown | undefined {
  const who = (deed: Deed) => escapeMarkdown(cutText(deed.byName, NAME_LIMIT));
  const words = [
    ...(resolved
      ? [`resolved here by ${who(resolved)}`]
      : acknowledged
        ? [`acknowledged by ${who(acknowledged)}`]
        : []),
    ...(notes.length > 0 ? [plural(notes.length, 'note')] : []),
  ];
  return words.join(', ') || undefined;
}

/** Why a change is not to be made; nothing where it is. */
export function objectionTo(
  change: HandlingChange,
  { phase, handling: { acknowledged, resolved } }: Pick<HandledSubject, 'phase' | 'handling'>,
): { readonly code: string; readonly message: Markdown } | undefined {
  if (change === 'unacknowledge')
    return acknowledged ? undefined : { code: 'nothing_to_undo', message: 'Nobody has acknowledged it.' };
  if (change === 'reopen')
    return resolved ? undefined : { code: 'nothing_to_undo', message: 'Nobody has resolved it here.' };
  if (typeof change === 'object') return undefined;
  if (resolved) return { code: 'already', message: `It is resolved here already, by ${deedMarkdown(resolved)}.` };
  if (phase === 'over') return { code: 'over', message: 'It is over already: its provider says so.' };
  if (change === 'acknowledge' && acknowledged)
    return { code: 'already', message: `It is acknowledged already, by ${deedMarkdown(acknowledged)}.` };
  return undefined;
}
