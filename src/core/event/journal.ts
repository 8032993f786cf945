import type { AuditLog } from './audit.ts';
import type { EventStore } from './event.ts';
import type { HandlingStore } from './handling.ts';
import type { HeldStore } from './held.ts';
import type { MessageStore } from './local-message.ts';
import type { ReadMarkStore } from './noted/read-mark.ts';
import type { ResponseStore } from './noted/response.ts';
import type { SilenceStore } from './noted/silence.ts';
import type { PostStore } from './post.ts';
import type { RefusalStore } from './refusal.ts';
import type { RollUpStore } from './roll-up.ts';
import type { BodyIndex } from './searching/body-index.ts';
import type { SubjectStore } from './subject.ts';

/** Deliveries, events, decisions, posts, audit. Every implementation passes `test/contracts/journal.ts`. */
export interface Journal {
  readonly events: EventStore;
  readonly bodies: BodyIndex;
  readonly refusals: RefusalStore;
  readonly held: HeldStore;
  readonly posts: PostStore;
  readonly subjects: SubjectStore;
  readonly handlings: HandlingStore;
  readonly rollUps: RollUpStore;
  readonly silences: SilenceStore;
  readonly responses: ResponseStore;
  readonly audit: AuditLog;
  readonly messages: MessageStore;
  readonly readMarks: ReadMarkStore;
  /**
   * Removes what was received before a moment, then the oldest until the journal is no larger than `maxBytes`. Gives
   * back how many events were removed. What is undecided, due, or held by a mute that has had no digest since stays.
   */
  prune(limits: { readonly before: Date; readonly maxBytes?: number }): Promise<number>;
  /** Throws when the journal cannot take a write. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
