import type { AuditLog } from './audit.ts';
import type { EventStore } from './event.ts';
import type { MessageStore } from './local-message.ts';
import type { PostStore } from './post.ts';
import type { RefusalStore } from './refusal.ts';

export interface PruneLimits {
  readonly before: Date;
  readonly maxBytes?: number;
  /** The ids of the mutes there are: what other mutes held is only history. Everything held stays when this is absent. */
  readonly mutes?: readonly string[];
}

/** Deliveries, events, decisions, posts, audit. Every implementation passes `test/contracts/journal.ts`. */
export interface Journal {
  readonly events: EventStore;
  readonly refusals: RefusalStore;
  readonly posts: PostStore;
  readonly audit: AuditLog;
  readonly messages: MessageStore;
  /**
   * Removes what was received before a moment, then the oldest until the journal is no larger than `maxBytes`. Gives back
   * how many events went. What is undecided, due or held stays.
   */
  prune(limits: PruneLimits): Promise<number>;
  /** Throws when the journal cannot take a write. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
