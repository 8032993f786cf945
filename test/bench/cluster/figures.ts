import { median, percentile } from '../statistics.ts';

export const perSecond = (rate: number) => `${Math.round(rate).toLocaleString('en')}/s`;

export const inMilliseconds = (value: number) => `${value.toFixed(0)} ms`;

export const toShares = (times: readonly number[]) =>
  `p50 ${inMilliseconds(median(times))}, p99 ${inMilliseconds(percentile(times, 0.99))}`;

export const nodesOf = (count: number) => (count === 1 ? 'one node' : `${count} nodes`);
