import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';

/** The real time. */
export const systemClock: Clock = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  async sleep(milliseconds, signal) {
    // Timers hold 31 bits; a longer wait is split.
    await setTimeout(Math.min(milliseconds, 2 ** 31 - 1), undefined, { ref: true, ...(signal && { signal }) }).catch(
      () => undefined,
    );
  },
};
