import { setTimeout as sleep } from 'node:timers/promises';

/** What a promise gives within so many milliseconds; otherwise, and when it fails, something else. */
export async function within<T, Else>(milliseconds: number, promise: Promise<T>, otherwise: Else): Promise<T | Else> {
  const patience = new AbortController();
  const late = sleep(milliseconds, otherwise, { signal: patience.signal }).catch(() => otherwise);
  try {
    return await Promise.race([promise.catch(() => otherwise), late]);
  } finally {
    patience.abort();
  }
}
