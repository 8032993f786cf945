import type { Headers } from '../delivery/delivery.ts';
import type { PartBody, PartDelivery } from '../delivery/part-delivery.ts';
import type { Severity } from '../message/severity.ts';
import type { About } from './about.ts';
import type { Decision } from './decision.ts';
import type { Edited } from './editing/edited.ts';
import type { Arrivals } from './noted/silence.ts';
import type { StoredPost } from './post.ts';

/** How an event was verified, kept with it. */
export interface Verification {
  /** The id of the secret that matched; absent where nothing is signed and only the secret URL protects the endpoint. */
  readonly secretId?: string;
  /** Seconds between signing and receipt, where the scheme signs a time. */
  readonly age?: number;
  /** The parts of the delivery that the signature covers; none where a secret was sent as it is. */
  readonly covers?: readonly ('body' | 'time' | 'id')[];
  /** Set where nothing was verified, and an owner had it posted nevertheless. */
  readonly unverified?: true;
  /** Set where nobody delivered it: a person edited another event. */
  readonly edited?: Edited;
  /** The status that a handshake was answered with. An event that has one is never posted. */
  readonly handshake?: number;
}

/** Which of the events of one delivery it is, where a delivery holds several. */
export interface EventPart {
  /** Counted from 1. */
  readonly number: number;
  readonly of: number;
  /** What the events of one delivery share. */
  readonly batch: string;
  /** Whether it stands for all that come after it as well: a delivery may hold more than can be events of their own. */
  readonly rest?: true;
}

/** A delivery that was verified and is to be kept. Headers are redacted already. */
export interface NewEvent {
  readonly endpointId: string;
  readonly provider: string;
  readonly type: string;
  readonly deliveryId: string;
  /** What identifies it among the endpoint's events, where that is not the delivery id. */
  readonly repeatKey?: string;
  /** Seconds during which the same endpoint and repeat key, or delivery id, count as a repeat. */
  readonly repeatWindow: number;
  readonly verification: Verification;
  readonly method: string;
  readonly headers: Headers;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
  readonly receivedAt: Date;
  readonly remoteAddress: string;
}

/** A delivery of several events that was verified and is to be kept. Its own name tells only whether all of it is a repeat. */
export interface NewBatch extends Omit<NewEvent, 'type'> {
  /** In their order. */
  readonly parts: readonly NewPart[];
}

/** One event of a batch: its name, and its place in the payload. */
export interface NewPart extends Pick<NewEvent, 'type' | 'deliveryId' | 'repeatKey' | 'repeatWindow'> {
  readonly place: string;
  readonly alone: PartBody;
  readonly part: Omit<EventPart, 'batch'>;
}

/**
 * A delivery that was verified and kept, or one event of a delivery that holds several. Then headers and body are what its
 * sender would deliver it with alone. Ids are decimal numbers that grow with time.
 */
export interface HookEvent extends Omit<NewEvent, 'repeatKey' | 'repeatWindow'> {
  readonly id: string;
  readonly part?: EventPart;
  /** Since when it may have been posted, though nothing is decided yet: the journal comes from a backup. */
  readonly perhapsPostedSince?: Date;
}

export const eventStates = ['received', 'queued', 'posted', 'held', 'dropped', 'failed'] as const;

/**
 * Where an event stands: not yet decided, owed to a channel, posted everywhere it should be, held by a mute or for a digest, posted nowhere
 * on purpose, or failed: not posted in at least one channel, or set aside because it could not be decided. In each channel
 * its last post counts, and of those the worst.
 */
export type EventState = (typeof eventStates)[number];

/** An event as a list shows it. */
export interface EventSummary {
  readonly id: string;
  readonly endpointId: string;
  readonly provider: string;
  readonly type: string;
  readonly deliveryId: string;
  readonly receivedAt: Date;
  readonly state: EventState;
  readonly part?: EventPart;
  /** Absent until the event is decided. Without its labels. */
  readonly about?: About;
}

/** An event with all that was decided for it. */
export interface StoredEvent extends HookEvent {
  readonly state: EventState;
  readonly about?: About;
  readonly decision?: Decision;
}

/** An event and the newest of its posts, as both stood at one moment. Newest first. */
export interface EventWithPosts {
  readonly event: StoredEvent;
  readonly posts: readonly StoredPost[];
}

export interface EventQuery {
  readonly endpointId?: string;
  /** Only events of these endpoints. */
  readonly endpointIds?: readonly string[];
  readonly state?: EventState;
  /** Only the events of one delivery, as their parts name it; words are not looked for then. */
  readonly batch?: string;
  /** Exact values of the about. */
  readonly source?: string;
  readonly subject?: string;
  readonly actor?: string;
  readonly severity?: Severity;
  readonly type?: string;
  /** Words to be found in title, source, actor, subject, type or delivery id. */
  readonly q?: string;
  /** Words to be found in the body, as far as `BodyIndex` has it; `inv*` stands for all words that begin so. */
  readonly body?: string;
  readonly since?: Date;
  /** Received no later than this. */
  readonly until?: Date;
  /** Events older than this one: a page ends where the next begins. */
  readonly before?: string;
  readonly limit: number;
}

export interface PastQuery {
  readonly endpointId: string;
  readonly since: Date;
  /** Events older than this one: a page ends where the next begins. */
  readonly before?: string;
  readonly limit: number;
  readonly maxBytes?: number;
}

/** Keeps events. Every implementation passes `test/contracts/journal.ts`. */
export interface EventStore {
  /**
   * Resolves once the event is synced to disk; with nothing for a repeat. Deliveries that arrive together share one
   * commit. Throws `AppError` 503 with `retryAfter` when the disk is full.
   */
  keep(event: NewEvent): Promise<HookEvent | undefined>;
  /**
   * Keeps the events of one delivery in one commit, and its body once. Leaves out those that are repeats; gives back none
   * where the delivery is one.
   */
  keepBatch(batch: NewBatch): Promise<readonly HookEvent[]>;
  get(id: string): Promise<StoredEvent | undefined>;
  /** Headers and body of the delivery that an event came in, where it is one of several. */
  whole(id: string): Promise<PartDelivery | undefined>;
  /** An event with at most so many of its posts, without those that only brought its message up to date, unless they failed. */
  getWithPosts(id: string, limit: number): Promise<EventWithPosts | undefined>;
  /** Newest first. */
  list(query: EventQuery): Promise<readonly EventSummary[]>;
  /** The events that have these ids, as a list shows them, oldest first. Ids that are not known are left out. */
  summaries(ids: readonly string[]): Promise<readonly EventSummary[]>;
  /**
   * Events without a decision, oldest first, with an id greater than `after`: no more than `limit`, and no more than
   * `maxBytes` unless the first is larger. Only an empty page is the end.
   */
  undecided(query: {
    readonly after?: string;
    readonly limit: number;
    readonly maxBytes?: number;
  }): Promise<readonly HookEvent[]>;
  /**
   * Decided events of an endpoint with all that came, newest first: no more than `limit`, and no more than `maxBytes` unless
   * the first is larger. Only an empty page is the end.
   */
  past(query: PastQuery): Promise<readonly StoredEvent[]>;
  /** When an endpoint's deliveries arrived within a span, by the minute, oldest first. */
  arrivals(endpointId: string, span: { readonly since: Date; readonly until: Date }): Promise<readonly Arrivals[]>;
  /** How many of an endpoint's newest decided events each of these rules has hidden, since a moment or ever, by rule id. */
  hiddenBy(endpointId: string, ruleIds: readonly string[], since?: Date): Promise<ReadonlyMap<string, number>>;
  /** When each secret of an endpoint last matched, by secret id. */
  secretUse(endpointId: string): Promise<ReadonlyMap<string, Date>>;
}
