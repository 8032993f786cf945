import type { Clock } from '../../core/clock.ts';
import type { LaneStates } from '../../core/cluster.ts';
import type { ChannelBudget } from '../../core/platform/platform.ts';

export interface Bucket {
  /** Takes one token, and says how many milliseconds to wait before using it. */
  take(): number | Promise<number>;
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

/** A token bucket that all nodes share. Where they cannot be asked, this node goes by what it took itself. */
export function createSharedBucket(
  budget: ChannelBudget,
  {
    name,
    states,
    clock,
  }: { readonly name: string; readonly states: LaneStates; readonly clock: Pick<Clock, 'elapsed'> },
): Bucket {
  const own = createBucket(budget, clock);
  return {
    async take() {
      const wait = own.take();
      return states.take(name, budget).catch(() => wait);
    },
    giveBack() {
      own.giveBack();
      // A turn that is lost costs a moment, and nothing else.
      states.giveBack(name, budget).catch(() => undefined);
    },
  };
}
