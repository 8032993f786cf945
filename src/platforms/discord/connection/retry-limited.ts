import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../../core/errors.ts';

const ATTEMPTS = 3;
const LONGEST_WAIT = 5_000;

/** Makes a request that Discord limited again once Discord allows it, for a person is waiting. A request that may have been carried out is not repeated. */
export async function retryLimited<Answer>(request: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      const wait = error instanceof AppError && error.status === 429 ? error.retryAfter : undefined;
      if (wait === undefined || wait > LONGEST_WAIT || attempt === ATTEMPTS) throw error;
      await sleep(wait);
    }
  }
}
