import { AppError } from '../../core/errors.ts';
import type { CallProvider } from '../../core/provider/call-provider.ts';
import { askHttps, type HttpsOptions } from './https-ask.ts';

export interface HttpsCallOptions extends HttpsOptions {
  readonly now: () => Date;
}

/** A delivery of 25 MB, twice as long where its text is written in escapes. */
const LIMITS = { time: 20_000, size: 50 * 1024 * 1024 } as const;
const PER_MINUTE = 600;

/** Asks providers' APIs: see `CallProvider` for what is promised. */
export function createHttpsCall({ now, ...options }: HttpsCallOptions): CallProvider {
  let [minute, asked] = [0, 0];
  return (call) => {
    const current = Math.floor(now().getTime() / 60_000);
    if (current !== minute) [minute, asked] = [current, 0];
    if (++asked > PER_MINUTE)
      return Promise.reject(
        new AppError(503, 'asking_too_much', 'Too many requests to providers within a minute. Try again in a minute.'),
      );
    return askHttps(call, LIMITS, options);
  };
}
