import type { StoredEvent } from '../../event/event.ts';
import type { Caller } from '../permission.ts';

/** What an event says once somebody edited it. */
export interface Edition {
  readonly text: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends edited events as new ones. */
export interface EditDesk {
  /**
   * Keeps what came of editing an event as a new event of its endpoint, which is decided and posted like any other and is
   * never a repeat. Gives back the ids of the events it makes. Throws `AppError` where it cannot be read as what it claims to be,
   * is too large, or whoever asks may not manage the endpoint.
   */
  send(event: StoredEvent, edition: Edition, caller: Caller): Promise<readonly string[]>;
}
