import type { Parsed } from '../delivery/delivery.ts';
import type { Density } from '../message/density.ts';
import type { Message } from '../message/message.ts';
import type { About } from './about.ts';
import type { Decision } from './decision.ts';
import type { StoredEvent } from './event.ts';
import type { NewPost, OwedChannel, Post } from './post.ts';

/** What an event's body says. */
export type Shown = Pick<Parsed, 'format' | 'payload' | 'problem'>;

/** What commands, the clock and the API ask of the relay. */
export interface Relay {
  /** Posts an event again, in every channel its endpoint has now, whatever mutes say. */
  replay(event: StoredEvent): Promise<readonly Post[]>;
  /** What would be decided for an event by today's rules, now or at another moment. Any node gives the same answer. */
  decideAgain(event: StoredEvent, at?: Date): Promise<{ readonly about: About; readonly decision: Decision }>;
  /** An event as its owners may see it: without our own secrets, wherever they stand in it. */
  read(event: StoredEvent): StoredEvent & Parsed;
  /** What an event says to whoever may see it: its payload with secrets masked, and without what is confidential. */
  show(event: StoredEvent): Shown;
  /** The message an event makes now, with what every event's message has behind ⋯. */
  compose(event: StoredEvent, look?: { readonly density?: Density }): Message;
  /** Posts notices, in order with everything else that is owed to their channels. */
  notify(posts: readonly NewPost[]): Promise<readonly Post[]>;
  /** Makes failed or held posts due again and queues them; gives back how many. Those that may have been posted are looked up first. */
  retry(postIds: readonly string[]): Promise<number>;
  /** Tries what failed in these channels again now, rather than after its pause. What a platform asked to wait for is waited for. */
  hurry(channels: readonly OwedChannel[]): void;
  /** Gives failed posts up for good; gives back how many. */
  drop(postIds: readonly string[]): Promise<number>;
  /** Sends a request to an endpoint through its public URL, like its provider would. */
  deliver(request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer;
  }): Promise<{ readonly status: number; readonly body: string }>;
  /** Ends a mute now: removes it, and owes its channels the digest. Gives back whether there was one to end. */
  endMute(muteId: string): Promise<boolean>;
  /** Ends every mute whose time has come. */
  endMutes(): Promise<void>;
  /** Posts notices of endpoints that fell silent, and of those that deliver again. */
  watchSilence(): Promise<void>;
  /** Posts in each noisy channel what it was sent in the last week. */
  reportNoise(): Promise<void>;
  /** Has the bodies of more events be searched, for a moment, within so many bytes of words; forgets the oldest where there are more. */
  searchBodies(limits: { readonly maxBytes: number }): Promise<void>;
  /** Deletes endpoints for which nobody has said in time who sends to them. */
  expirePending(): Promise<void>;
  /** Owes a digest of what is held by mutes and routes that are no longer in the settings, or hold nothing any more. */
  digestRemovedMutes(): Promise<void>;
  /** Owes the digests that are due: of routes at their times, and of mutes that began to pause. */
  releaseHeld(): Promise<void>;
  /** Reminds the channels of long mutes shortly before they end. */
  remindOfMutes(): Promise<void>;
  /** Owes a message to every channel of an endpoint but one, where it stands already. */
  announce(endpointId: string, message: Message, except: OwedChannel): Promise<void>;
}
