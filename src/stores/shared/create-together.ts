import { setTimeout as sleep } from 'node:timers/promises';

/** Does something once for all who ask before it begins, and at most once in so many milliseconds. */
export function createTogether(work: () => Promise<void>, every: number): () => Promise<void> {
  let next: Promise<void> | undefined;
  let begun = Number.NEGATIVE_INFINITY;

  async function begin(): Promise<void> {
    await sleep(Math.max(0, begun + every - performance.now()));
    begun = performance.now();
    // Who asks from now on may be asking for what comes too late for this one.
    next = undefined;
    await work();
  }

  return () => {
    next ??= begin();
    return next;
  };
}
