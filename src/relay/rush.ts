import type { Clock } from '../core/clock.ts';

/** Whether deliveries arrive in numbers, so that everything else can stand back. */
export interface Rush {
  /** A delivery is kept. */
  note(): void;
  /** A delivery waits for as long as this takes. */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
  readonly on: boolean;
}

/** Milliseconds of one count. */
const SLOT = 100;
/** Counts that are taken together: deliveries that only come in a clump are none. */
const SLOTS = 5;
/** As many in that time are a rush: four hundred a second. */
const MANY = 200;
/** As many that wait at once in each of the counts are one too, however few of them are kept: the machine has no more to give. */
const MANY_WAIT = 16;

interface Count {
  readonly kept: number;
  /** How many waited at once at most. */
  readonly waited: number;
}

export function createRush(clock: Clock): Rush {
  let slot = 0;
  let waiting = 0;
  let counts: readonly Count[] = [{ kept: 0, waited: 0 }];

  function turn(): void {
    const current = Math.floor(clock.elapsed() / SLOT);
    if (current === slot) return;
    const passed = Array.from({ length: Math.min(SLOTS, current - slot) }, () => ({ kept: 0, waited: waiting }));
    counts = [...counts, ...passed].slice(-SLOTS);
    slot = current;
  }

  function count(kept: number): void {
    turn();
    const last = counts.at(-1);
    counts = counts.with(-1, { kept: (last?.kept ?? 0) + kept, waited: Math.max(last?.waited ?? 0, waiting) });
  }

  return {
    note: () => count(1),
    async during(work) {
      turn();
      waiting++;
      count(0);
      try {
        return await work();
      } finally {
        turn();
        waiting--;
      }
    },
    get on() {
      turn();
      const isWaitedFor = counts.length === SLOTS && counts.every(({ waited }) => waited >= MANY_WAIT);
      return isWaitedFor || counts.reduce((sum, { kept }) => sum + kept, 0) >= MANY;
    },
  };
}
