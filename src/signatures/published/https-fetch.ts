import { AppError } from '../../core/errors.ts';
import type { FetchPublished } from '../../core/provider/fetch-published.ts';
import { askHttps, checkUrl, type HttpsOptions } from './https-ask.ts';

export interface HttpsFetchOptions extends HttpsOptions {
  readonly now: () => Date;
}

const LIMITS = { time: 5_000, size: 262_144 } as const;
/** Seconds. */
const USUAL_KEEP = 3_600;
const FAILURE_KEEP = 10;
const MOST_KEPT = 200;
/** A flood of forgeries that each name another address must not become a flood of requests. */
const PER_MINUTE = 60;

interface Kept {
  readonly at: number;
  readonly answer: Promise<string>;
  failed: boolean;
}

/** Fetches published documents: see `FetchPublished` for what is promised. */
export function createHttpsFetch({ now, ...options }: HttpsFetchOptions): FetchPublished {
  const kept = new Map<string, Kept>();
  let minute = 0;
  let asked = 0;

  return async (request) => {
    const { hostname } = checkUrl(request);
    const key = JSON.stringify([request.method, request.url, request.body, request.headers]);
    const at = now().getTime();
    const { keep = USUAL_KEEP } = request;
    const known = kept.get(key);
    if (known && at - known.at < (known.failed ? Math.min(keep, FAILURE_KEEP) : keep) * 1_000) return known.answer;
    spend(at);
    const answer = askHttps(request, LIMITS, options).then(({ status, text }) => {
      if (status === 200) return text;
      const canWait = status >= 500 || status === 429;
      throw new AppError(
        canWait ? 503 : 400,
        canWait ? 'fetch_failed' : 'fetch_refused',
        `${hostname} answered ${status}.`,
      );
    });
    const entry: Kept = { at, answer, failed: false };
    answer.catch(() => {
      entry.failed = true;
    });
    kept.delete(key);
    if (keep > 0) kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return answer;
  };

  function spend(at: number): void {
    const current = Math.floor(at / 60_000);
    if (current !== minute) [minute, asked] = [current, 0];
    if (++asked > PER_MINUTE)
      throw new AppError(
        503,
        'fetching_too_much',
        'Too many keys were fetched within a minute. Have the delivery sent again in a minute.',
      );
  }
}
