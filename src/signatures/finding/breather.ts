import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of work after which others get their turn: a delivery waits no longer than that. */
const SLICE = 3;

/** Lets others work where a slice of time is used up. */
export type Breathe = () => Promise<void>;

export function createBreather(): Breathe {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE) return;
    await nextTurn();
    since = performance.now();
  };
}
