import type { Clock } from '../../../core/clock.ts';

/** How often Bellhop may still log in. */
export interface LoginBudget {
  /** Milliseconds until the next login is allowed; 0 when it is now. */
  readonly pause: number;
  spend(): void;
}

/**
 * Discord resets the token of whoever logs in more than a thousand times a day, and a gateway that closes right after
 * every login leads there within hours. https://discord.com/developers/docs/events/gateway#session-start-limit-object
 */
const AT_ONCE = 20;
/** Some seven hundred a day. */
const REFILL = 2 * 60_000;

export function createLoginBudget(clock: Pick<Clock, 'elapsed'>, atOnce = AT_ONCE): LoginBudget {
  let left = atOnce;
  let countedAt = clock.elapsed();

  function count(): void {
    const now = clock.elapsed();
    left = Math.min(atOnce, left + Math.max(0, now - countedAt) / REFILL);
    countedAt = now;
  }

  return {
    get pause() {
      count();
      return left >= 1 ? 0 : Math.ceil((1 - left) * REFILL);
    },
    spend() {
      count();
      left -= 1;
    },
  };
}
