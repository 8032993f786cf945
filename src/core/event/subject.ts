import type { Severity } from '../message/severity.ts';
import type { Reaction } from './follow.ts';
import type { StandingMessage } from './plan.ts';

/** A subject as one channel knows it. Another endpoint may use the same words for something else. */
export interface SubjectKey {
  readonly platform: string;
  readonly channel: string;
  readonly endpointId: string;
  readonly subject: string;
}

/** How a subject stands: somebody may have to act, or it is over. */
export type Phase = 'open' | 'over';

/** What the events of a subject have shown so far. Times are ISO 8601. */
export interface SubjectCourse {
  /** The event that its message was posted for, and the last one that counted. */
  readonly firstEventId: string;
  /** The event that opened it last. */
  readonly openedBy?: string;
  readonly eventId: string;
  readonly title: string;
  readonly state?: string;
  readonly severity?: Severity;
  /** The gravest since it opened. */
  readonly gravest?: Severity;
  readonly phase?: Phase;
  /** Whether that event was about a part of it: nothing was said of the whole so far. */
  readonly ofPart?: true;
  /** When the last event happened, as its provider says. */
  readonly occurredAt?: string;
  /** The provider's own count of what happened, in digits, where it has one. */
  readonly sequence?: string;
  /** When it began, and how far its course has come. */
  readonly beganAt: string;
  readonly lastAt: string;
  /** Shows whether the next event says anything new: what the last message said, where it was made, and what it was about. */
  readonly print?: string | undefined;
  readonly gist: string;
  /** How often the same was posted, and since when that is counted. */
  readonly times: number;
  readonly countedFrom: string;
  /** When it turned from open to over or back, the newest last. */
  readonly turns: readonly string[];
}

/** A subject in a channel: the message that shows it, and its course. */
export interface SubjectRecord extends SubjectCourse {
  readonly message: StandingMessage;
  /** Whether that message shows many others as well. */
  readonly rolledUp?: true;
  /** The reactions that were put on it. */
  readonly reactions?: readonly Reaction[];
}

/** A subject with all that is known of it. */
export interface KnownSubject {
  readonly key: SubjectKey;
  readonly record: SubjectRecord;
}

/** Remembers subjects. They are written with the posts that show them: see `PostStore.settle`. */
export interface SubjectStore {
  get(key: SubjectKey): Promise<SubjectRecord | undefined>;
  /** Those of an endpoint in a channel that have these keys; what is not known is left out. */
  list(place: Omit<SubjectKey, 'subject'>, subjects: readonly string[]): Promise<ReadonlyMap<string, SubjectRecord>>;
  /** One subject of an endpoint in all channels that know it. */
  everywhere(endpointId: string, subject: string): Promise<readonly KnownSubject[]>;
  /** Those of an endpoint that something was heard of since a moment, the latest first. */
  recent(endpointId: string, query: { readonly since: Date; readonly limit: number }): Promise<readonly KnownSubject[]>;
}
