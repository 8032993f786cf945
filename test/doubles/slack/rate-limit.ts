export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** A bucket for each channel. Gives back the seconds to wait, or nothing. */
export function createRateLimit(now: () => number, rate: () => Rate | undefined) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (channel: string): number | undefined => {
    const limit = rate();
    if (!limit) return undefined;
    const bucket = buckets.get(channel) ?? { tokens: limit.burst, at: now() };
    buckets.set(channel, bucket);
    bucket.tokens = Math.min(limit.burst, bucket.tokens + ((now() - bucket.at) / 1000) * limit.perSecond);
    bucket.at = now();
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / limit.perSecond));
    bucket.tokens -= 1;
    return undefined;
  };
}
