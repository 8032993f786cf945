import type { Clock } from '../core/clock.ts';

/** Whether deliveries arrive in numbers, so that everything else can stand back. */
export interface Rush {
  note(): void;
  readonly on: boolean;
}

/** Milliseconds of one count. */
const SLOT = 100;
/** As many in one slot are a rush: four hundred a second. */
const MANY = 40;

export function createRush(clock: Clock): Rush {
  let slot = 0;
  let [before, now] = [0, 0];

  function turn(): void {
    const current = Math.floor(clock.elapsed() / SLOT);
    if (current === slot) return;
    [before, now] = [current === slot + 1 ? now : 0, 0];
    slot = current;
  }

  return {
    note() {
      turn();
      now++;
    },
    get on() {
      turn();
      return Math.max(before, now) >= MANY;
    },
  };
}
