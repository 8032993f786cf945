import { systemClock } from '../../src/app/system-clock.ts';

/** A clock that a test moves on. */
export function createMovableClock() {
  let ahead = 0;
  return {
    ...systemClock,
    now: () => new Date(Date.now() + ahead),
    elapsed: () => systemClock.elapsed() + ahead,
    advance: (milliseconds: number) => {
      ahead += milliseconds;
    },
  };
}
