import type { Message } from '../message/message.ts';
import type { About } from './about.ts';
import type { Decision } from './decision.ts';
import type { KnownHandling } from './handling.ts';
import type { MessageRef } from './message-ref.ts';
import type { SilenceNote } from './noted/silence.ts';
import type { Plan } from './plan.ts';
import type { KnownRollUp } from './roll-up.ts';
import type { KnownSubject } from './subject.ts';

export const postStates = ['due', 'posted', 'held', 'failed', 'dropped'] as const;
/** Owed to a channel, posted, held by a mute or for a digest, given up on, or dropped by a person. A post in flight is due until its outcome is known. */
export type PostState = (typeof postStates)[number];

/** A message owed to a channel: what an event says there, or a notice of our own. */
export interface NewPost {
  readonly platform: string;
  readonly channel: string;
  readonly channelName: string;
  readonly state: 'due' | 'held';
  readonly eventId?: string;
  readonly endpointId?: string;
  readonly routeId?: string;
  /** The mute that holds it, or the route as `routeHolder` names it. */
  readonly muteId?: string;
  /** The message it answers, as its platform names it. */
  readonly thread?: string;
  /** A notice's message; an event's is composed when its turn comes. */
  readonly message?: Message;
  /** Whether a person asked for this event again. */
  readonly replay?: true;
  /** What it is named by on its platform; nothing where its number says it. */
  readonly nonce?: string;
  /** When it was first attempted. Since then it may have been posted, unless the platform has said otherwise. */
  readonly firstAttemptAt?: Date;
  /** Whether it only brings the standing message of its event's subject up to date. It says nothing of where the event stands. */
  readonly refresh?: true;
}

export interface Post extends NewPost {
  readonly id: string;
  readonly state: 'due' | 'held';
  /** When it was owed. */
  readonly owedAt?: Date;
  /** What its event is about. */
  readonly about?: About;
  /** What was planned when it was attempted last. */
  readonly plan?: Plan;
}

/** A post with everything that became of it. */
export interface StoredPost extends Omit<NewPost, 'state'> {
  readonly id: string;
  readonly state: PostState;
  readonly attempts: number;
  /** Why the last attempt failed, fit to be shown. */
  readonly error?: string;
  readonly ref?: MessageRef;
  /** The template that made the message, in words. */
  readonly template?: string;
  readonly createdAt: Date;
  /** When it was first attempted. A post that failed has this only if it may have been posted nevertheless. */
  readonly firstAttemptAt?: Date;
  /** When it was posted, given up or dropped. */
  readonly settledAt?: Date;
  /** What was done with it, or is to be. */
  readonly plan?: Plan;
}

export type PostOutcome =
  | {
      readonly state: 'posted';
      readonly attempts: number;
      readonly ref: MessageRef;
      readonly plan?: Plan;
      /** The template that made the message, in words. */
      readonly template?: string;
    }
  | {
      readonly state: 'failed';
      readonly attempts: number;
      readonly error: string;
      /** Whether it may have been posted nevertheless: no look-up was answered. */
      readonly mayBeOut?: true;
    };

export interface PostQuery {
  readonly eventId?: string;
  readonly endpointId?: string;
  readonly state?: PostState;
  readonly muteId?: string;
  /** Only what is due and could not be posted yet. */
  readonly delayed?: true;
  readonly before?: string;
  readonly limit: number;
}

export interface DueQuery extends Partial<OwedChannel> {
  readonly after?: string;
  readonly limit: number;
  readonly maxBytes?: number;
}

export interface Decided {
  readonly eventId: string;
  readonly about: About;
  readonly decision: Decision;
  readonly posts: readonly NewPost[];
  /** Whether the event could not be decided, and is set aside as failed. The decision says why. */
  readonly setAside?: true;
}

/** What is recorded together with a post's outcome. */
export interface SettledAlong {
  /** Posts that the same message shows. */
  readonly posts?: readonly { readonly id: string; readonly outcome: PostOutcome }[];
  /** What is known of their subjects since. */
  readonly subjects?: readonly KnownSubject[];
  /** The roll-up that shows it. */
  readonly rollUp?: KnownRollUp;
}

/** What is recorded together with posts that say so. */
export interface OwedAlong {
  /** What people did about a subject. */
  readonly handling?: KnownHandling;
  /** An endpoint that fell silent, or no longer is. */
  readonly silence?: SilenceNote;
}

/** A channel that something is due in. */
export type OwedChannel = Pick<NewPost, 'platform' | 'channel'>;

/** Keeps what is owed to channels, and what became of it. */
export interface PostStore {
  /** Records decisions and what they owe in one commit; gives back the posts in the order given. An event already decided is left alone. */
  decide(decided: readonly Decided[]): Promise<readonly Post[]>;
  /** Records posts that no decision owes: notices, replays, and what shows what people did, in one commit with what they say. */
  owe(posts: readonly NewPost[], along?: OwedAlong): Promise<readonly Post[]>;
  /**
   * Records that a post is about to be attempted, and what is planned, so that it is looked for after a crash. Of the moments
   * the first counts, of the plans the last.
   */
  begin(id: string, at: Date, plan?: Plan): Promise<void>;
  /** Records what became of a post, and of all that is settled with it, in one commit. */
  settle(id: string, outcome: PostOutcome, along?: SettledAlong): Promise<void>;
  /** Notes a failed attempt of a post that is still due. */
  attempt(id: string, attempts: number, error: string): Promise<void>;
  /** Makes failed or held posts due again; gives back those that changed. */
  retry(ids: readonly string[]): Promise<readonly Post[]>;
  /** Gives failed posts up for good, because a person said so; gives back those that changed. */
  drop(ids: readonly string[]): Promise<readonly StoredPost[]>;
  get(id: string): Promise<StoredPost | undefined>;
  /**
   * What has no outcome yet, in one channel or in all, oldest first, with an id greater than `after`: no more than `limit`,
   * and no more than `maxBytes` unless the first is larger. Only an empty page is the end.
   */
  due(query: DueQuery): Promise<readonly Post[]>;
  /** The channels that something is due in. */
  owed(): Promise<readonly OwedChannel[]>;
  /** The ids of mutes that hold something and have had no digest since. */
  holding(): Promise<readonly string[]>;
  /** Newest first. */
  list(query: PostQuery): Promise<readonly StoredPost[]>;
  /** How many posts stand in each state. */
  count(): Promise<Readonly<Record<PostState, number>>>;
}
