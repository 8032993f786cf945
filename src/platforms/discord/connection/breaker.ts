import type { Clock } from '../../../core/clock.ts';

/** Discord bans an address after 10,000 refused requests in ten minutes; we stop long before. */
const LIMIT = 1_000;
const WINDOW = 10 * 60_000;

export interface Breaker {
  /** Counts a refused request. */
  count(): void;
  /** Milliseconds to stay silent; nothing while requests may go out. */
  readonly pause: number | undefined;
}

/** Counts refused requests, and says when to stop asking. */
export function createBreaker(clock: Clock, limit = LIMIT): Breaker {
  const refused: number[] = [];
  return {
    count() {
      refused.push(clock.elapsed());
    },
    get pause() {
      const now = clock.elapsed();
      while (refused[0] !== undefined && refused[0] <= now - WINDOW) refused.shift();
      const oldest = refused.at(-limit);
      return oldest === undefined ? undefined : oldest + WINDOW - now;
    },
  };
}
