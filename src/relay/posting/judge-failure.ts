import { AppError } from '../../core/errors.ts';

/** What a failed call to a platform means for the post that it was about. */
export interface Verdict {
  /** Whether the platform may have done what it was asked: a clear refusal leaves no doubt; no answer, or one that cannot be read, does. */
  readonly mayBeDone: boolean;
  /** Whether the platform only asked to wait, which does not count as a failure. */
  readonly limited: boolean;
  /** Milliseconds to wait at least; absent where time cannot help. */
  readonly retryAfter: number | undefined;
  /** Whether the channel takes no other message either: it is gone, closed or out of bounds. */
  readonly closesChannel: boolean;
}

const LEAST = 100;
const CLOSED = [403, 404, 410];

/** Judges what a platform threw. */
export function judgeFailure(error: unknown): Verdict {
  const verdict = { mayBeDone: false, limited: false, closesChannel: false };
  if (!(error instanceof AppError)) return { ...verdict, mayBeDone: true, retryAfter: 0 };
  const { status, retryAfter } = error;
  // A token that was revoked can be replaced: what is owed waits for that as it waits for a limit.
  if (status === 429 || (status === 401 && retryAfter !== undefined))
    return { ...verdict, limited: true, retryAfter: Math.max(LEAST, retryAfter ?? 1_000) };
  if (status >= 500) return { ...verdict, mayBeDone: true, retryAfter: retryAfter ?? 0 };
  return { ...verdict, retryAfter, closesChannel: retryAfter === undefined && CLOSED.includes(status) };
}
