import type { Clock } from '../../../core/clock.ts';

/** Remembers for a moment what Discord answered. */
export interface ShortMemory<Found> {
  /** What is known under a key, or what is found now; a failure is not remembered. */
  get(key: string, find: () => Promise<Found>): Promise<Found>;
}

/** As many answers as are remembered. */
const SIZE = 2_000;

export function createShortMemory<Found>(clock: Pick<Clock, 'elapsed'>, milliseconds: number): ShortMemory<Found> {
  const known = new Map<string, { readonly found: Promise<Found>; readonly until: number }>();
  return {
    get(key, find) {
      const now = clock.elapsed();
      const before = known.get(key);
      if (before && now < before.until) return before.found;
      const entry = { found: find(), until: now + milliseconds };
      known.delete(key);
      known.set(key, entry);
      entry.found.catch(() => {
        if (known.get(key) === entry) known.delete(key);
      });
      const [oldest] = known.keys();
      if (oldest !== undefined && known.size > SIZE) known.delete(oldest);
      return entry.found;
    },
  };
}
