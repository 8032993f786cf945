import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../../core/errors.ts';
import { retryLimited } from './retry-limited.ts';

/** Milliseconds before the second try and the third, short because a person is waiting. */
const PAUSES = [200, 700];

/**
 * Repeats a request whose outcome is unknown, because Discord failed or did not answer. Only for requests that may be
 * carried out twice: `isDone` recognises the failure which shows that an earlier try succeeded.
 */
export async function retryUnanswered(
  request: () => Promise<unknown>,
  isDone: (error: unknown) => boolean = () => false,
): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await retryLimited(request);
      return;
    } catch (error) {
      if (tries > 0 && isDone(error)) return;
      const pause = PAUSES[tries];
      if (!(error instanceof AppError) || error.status < 500 || pause === undefined) throw error;
      await sleep(pause);
    }
  }
}
