import type { Clock } from '../../../src/core/clock.ts';

export interface StillClock extends Clock {
  advance(milliseconds: number): void;
}

/** A clock that moves only when a test advances it, or somebody sleeps on it. */
export function createStillClock(start = '2026-01-05T12:00:00.000Z'): StillClock {
  const started = Date.parse(start);
  let now = started;
  return {
    now: () => new Date(now),
    elapsed: () => now - started,
    async sleep(milliseconds) {
      now += milliseconds;
    },
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}
