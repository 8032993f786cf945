import type { Clock } from '../../core/clock.ts';
import type { ChannelBudget } from '../../core/platform/platform.ts';

export interface Bucket {
  /** Takes one token, and says how many milliseconds to wait before using it. */
  take(): number;
  /** Gives back a token that was not used. */
  giveBack(): void;
}

/** A token bucket. */
export function createBucket({ perSecond, burst }: ChannelBudget, clock: Pick<Clock, 'elapsed'>): Bucket {
  let tokens = burst;
  let filledAt = clock.elapsed();
  return {
    take() {
      const now = clock.elapsed();
      tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond) - 1;
      filledAt = now;
      return tokens >= 0 ? 0 : Math.ceil((-tokens / perSecond) * 1000);
    },
    giveBack() {
      tokens = Math.min(burst, tokens + 1);
    },
  };
}
