import type { DiscordClock } from '../clock.ts';

export interface Limits {
  /** Messages created in one channel per window. */
  readonly messages?: { readonly limit: number; readonly milliseconds: number };
  readonly globalPerSecond?: number;
  /** Responses of 401, 403 and 429 in ten minutes before the address is banned. */
  readonly invalidRequests?: number;
}

export interface Verdict {
  readonly headers: Readonly<Record<string, string>>;
  readonly limited?: { readonly seconds: number; readonly scope: 'user' | 'global' };
}

const TEN_MINUTES = 600_000;

/** Discord's rate limits: a bucket per route and channel, one for the whole bot, and the count that leads to a ban. */
export function createLimiter(
  clock: DiscordClock,
  { messages = { limit: 5, milliseconds: 5_000 }, globalPerSecond = 50, invalidRequests = 10_000 }: Limits,
) {
  const buckets = new Map<string, { used: number; resetAt: number }>();
  const invalid: number[] = [];

  function take(key: string, limit: number, milliseconds: number) {
    const now = clock.now();
    const found = buckets.get(key);
    const bucket = found && found.resetAt > now ? found : { used: 0, resetAt: now + milliseconds };
    buckets.set(key, bucket);
    const allowed = bucket.used < limit;
    if (allowed) bucket.used++;
    return {
      allowed,
      remaining: limit - bucket.used,
      after: (bucket.resetAt - now) / 1000,
      resetAt: bucket.resetAt / 1000,
    };
  }

  return {
    take(method: string, template: string, major: string): Verdict {
      const free = template.startsWith('/interactions') || template.startsWith('/webhooks');
      const whole = free ? undefined : take('global', globalPerSecond, 1000);
      if (whole && !whole.allowed) return { headers: {}, limited: { seconds: whole.after, scope: 'global' } };
      const sends = template === '/channels/:/messages' && method === 'POST';
      const limit = sends ? messages.limit : 50;
      const one = take(`${method} ${template} ${major}`, limit, sends ? messages.milliseconds : 1000);
      const headers = {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(one.remaining),
        'x-ratelimit-reset': one.resetAt.toFixed(3),
        'x-ratelimit-reset-after': one.after.toFixed(3),
        'x-ratelimit-bucket': Buffer.from(`${method}${template}`).toString('hex').slice(0, 32),
      };
      return one.allowed ? { headers } : { headers, limited: { seconds: one.after, scope: 'user' } };
    },
    /** Counts a response towards the ban. */
    count(status: number, scope?: string): void {
      if ([401, 403].includes(status) || (status === 429 && scope !== 'shared')) invalid.push(clock.now());
    },
    invalid(): number {
      return invalid.filter((at) => at > clock.now() - TEN_MINUTES).length;
    },
    banned(): boolean {
      return this.invalid() >= invalidRequests;
    },
  };
}
