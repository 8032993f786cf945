import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../../src/core/clock.ts';

export interface SimulatedClock extends Clock {
  /** Lets time pass, from one sleeper to the next, until something is done. */
  until<Result>(done: Promise<Result>): Promise<Result>;
  /** Sets what people call now, which moves no duration. */
  set(now: Date): void;
}

/** Time in which nothing happens but what is slept for, so that a day passes at once. For work without files or sockets. */
export function createSimulatedClock(start = '2026-01-05T12:00:00.000Z'): SimulatedClock {
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  let elapsed = 0;
  let offset = Date.parse(start);

  function wakeNext(): void {
    const next = [...sleepers].toSorted((a, b) => a.at - b.at)[0];
    if (!next) throw new Error('nothing is slept for, and what is waited for is not done');
    sleepers.delete(next);
    elapsed = Math.max(elapsed, next.at);
    next.wake();
  }

  return {
    now: () => new Date(offset + elapsed),
    elapsed: () => elapsed,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = { at: elapsed + Math.max(0, milliseconds), wake: () => resolve() };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => sleepers.delete(sleeper) && resolve(), { once: true });
      }),
    async until(done) {
      let over = false;
      done.then(
        () => (over = true),
        () => (over = true),
      );
      for (;;) {
        await turn();
        if (over) return done;
        wakeNext();
      }
    },
    set(now) {
      offset = now.getTime() - elapsed;
    },
  };
}
