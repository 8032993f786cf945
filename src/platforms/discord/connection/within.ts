import { setTimeout as sleep } from 'node:timers/promises';

/** The result of a promise, or `otherwise` when it fails or takes longer than so many milliseconds. */
export async function within<T, Else>(milliseconds: number, promise: Promise<T>, otherwise: Else): Promise<T | Else> {
  const patience = new AbortController();
  const late = sleep(milliseconds, otherwise, { signal: patience.signal }).catch(() => otherwise);
  try {
    return await Promise.race([promise.catch(() => otherwise), late]);
  } finally {
    patience.abort();
  }
}
