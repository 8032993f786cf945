/** What has been counted since the start, by name and labels. Small on purpose: how it is shown is up to the reader. */
export interface Counters {
  add(name: CounterName, labels?: Readonly<Record<string, string>>): void;
  observe(name: TimingName, seconds: number): void;
  readonly counts: ReadonlyMap<CounterName, ReadonlyMap<string, number>>;
  readonly timings: ReadonlyMap<TimingName, Timing>;
}

export type CounterName = 'deliveries' | 'decisions' | 'posts' | 'template_problems';
export type TimingName = 'receive' | 'post';

/** A histogram: how many took at most so many seconds. */
export interface Timing {
  readonly buckets: readonly number[];
  readonly counts: number[];
  sum: number;
  count: number;
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export function createCounters(): Counters {
  const counts = new Map<CounterName, Map<string, number>>();
  const timings = new Map<TimingName, Timing>();
  return {
    counts,
    timings,
    add(name, labels = {}) {
      const byLabels = counts.get(name) ?? new Map<string, number>();
      const key = JSON.stringify(labels);
      counts.set(name, byLabels.set(key, (byLabels.get(key) ?? 0) + 1));
    },
    observe(name, seconds) {
      const timing = timings.get(name) ?? { buckets: BUCKETS, counts: BUCKETS.map(() => 0), sum: 0, count: 0 };
      const bucket = BUCKETS.findIndex((limit) => seconds <= limit);
      if (bucket >= 0) timing.counts[bucket] = (timing.counts[bucket] ?? 0) + 1;
      timing.sum += seconds;
      timing.count++;
      timings.set(name, timing);
    },
  };
}
