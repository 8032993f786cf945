import type { Clock } from '../../../src/core/clock.ts';
import { hastily } from './hasty-clock.ts';

/** How much faster time passes while it is hurried: a minute in 60 milliseconds. */
const FASTER = 1_000;

export interface ClockToHurry {
  readonly clock: Clock;
  /** What waits for a moment, such as the minute after which a refused token is tried again, waits no longer. */
  hurry(): void;
  calm(): void;
}

/** A hasty clock on which minutes pass in a moment while somebody hurries it. */
export function aClockToHurry(): ClockToHurry {
  let ahead = 0;
  let since: number | undefined;
  const gained = () => (since === undefined ? 0 : (hastily.elapsed() - since) * FASTER);
  return {
    clock: { ...hastily, elapsed: () => hastily.elapsed() + ahead + gained() },
    hurry() {
      since ??= hastily.elapsed();
    },
    calm() {
      ahead += gained();
      since = undefined;
    },
  };
}
