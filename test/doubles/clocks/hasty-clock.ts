import { systemClock } from '../../../src/app/system-clock.ts';
import type { Clock } from '../../../src/core/clock.ts';

/** Time in which nobody waits for longer than a moment. */
export const hastily: Clock = {
  ...systemClock,
  sleep: (milliseconds, signal) => systemClock.sleep(Math.min(milliseconds, 40), signal),
};
