import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';
import type { HookEvent } from '../../core/event/event.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Decided, Post } from '../../core/event/post.ts';
import type { ReadEvent } from '../../reading/read-event.ts';
import { toSetAside } from './set-aside.ts';

/** An event on its way into the journal with its decision. */
export interface Ready {
  readonly event: HookEvent;
  readonly decided: Decided;
  /** What was read of it; absent for an event that is set aside. */
  readonly read?: ReadEvent;
  /** Why it is set aside. */
  readonly failure?: unknown;
}

export interface RecorderParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly onRecorded: (ready: Ready, posts: readonly Post[]) => void;
  /** Called for an event about which the journal takes nothing at all. */
  readonly onRefused: (event: HookEvent, error: unknown) => void;
}

/**
 * How often one decision is offered to a journal that takes others, before its event is to blame: where time may help,
 * with a rest between, and where it cannot.
 */
const OFFERS = { patient: 10, plain: 2 } as const;

/**
 * Commits decisions together. Where the journal takes others but not these, each half is tried alone, until the one that
 * it refuses is found, and that one is set aside. Throws where the journal takes nothing, or asks for time.
 */
export function createRecorder({ journal, clock, onRecorded, onRefused }: RecorderParts) {
  const refused = new Map<string, number>();

  async function record(ready: readonly Ready[]): Promise<void> {
    let posts: readonly Post[];
    try {
      posts = await journal.posts.decide(ready.map(({ decided }) => decided));
    } catch (error) {
      // Where this throws too, no event is to blame.
      await journal.ping();
      const [only] = ready;
      if (only && ready.length === 1) return offerAgain(only, error);
      const half = Math.ceil(ready.length / 2);
      await record(ready.slice(0, half));
      return record(ready.slice(half));
    }
    const byEvent = Map.groupBy(posts, ({ eventId }) => eventId);
    for (const each of ready) {
      refused.delete(each.event.id);
      onRecorded(each, byEvent.get(each.event.id) ?? []);
    }
  }

  async function offerAgain(one: Ready, error: unknown): Promise<void> {
    const { event, decided } = one;
    const offers = (refused.get(event.id) ?? 0) + 1;
    refused.set(event.id, offers);
    if (error instanceof AppError && error.retryAfter !== undefined && offers < OFFERS.patient) throw error;
    if (offers < OFFERS.plain) return record([one]);
    if (decided.setAside) {
      refused.delete(event.id);
      return onRefused(event, error);
    }
    const reason = 'the journal refuses its decision';
    return record([{ event, decided: toSetAside(event, { reason, now: clock.now() }), failure: error }]);
  }

  return record;
}
