import type { Clock } from '../core/clock.ts';

/** Whether deliveries arrive in numbers, so that everything else can stand back. */
export interface Rush {
  note(): void;
  readonly on: boolean;
}

/** Milliseconds of one count. */
const SLOT = 100;
/** Counts that are taken together: deliveries that only come in a clump are none. */
const SLOTS = 5;
/** As many in that time are a rush: four hundred a second. */
const MANY = 200;

export function createRush(clock: Clock): Rush {
  let slot = 0;
  let counts: readonly number[] = [0];

  function turn(): void {
    const current = Math.floor(clock.elapsed() / SLOT);
    if (current === slot) return;
    const passed = Array.from({ length: Math.min(SLOTS, current - slot) }, () => 0);
    counts = [...counts, ...passed].slice(-SLOTS);
    slot = current;
  }

  return {
    note() {
      turn();
      counts = counts.with(-1, (counts.at(-1) ?? 0) + 1);
    },
    get on() {
      turn();
      return counts.reduce((sum, count) => sum + count, 0) >= MANY;
    },
  };
}
