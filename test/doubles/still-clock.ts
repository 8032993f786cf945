import type { Clock } from '../../src/core/clock.ts';

export interface StillClock extends Clock {
  advance(milliseconds: number): void;
}

/** A clock that moves only when it is told to, or slept on. */
export function createStillClock(start = '2026-01-05T12:00:00.000Z'): StillClock {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    async sleep(milliseconds) {
      now += milliseconds;
    },
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}
