import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../src/app/system-clock.ts';
import type { Clock } from '../../src/core/clock.ts';
import { AppError } from '../../src/core/errors.ts';
import { createQuietPlatform } from '../doubles/quiet-platform.ts';
import { aPush } from '../world.ts';
import { someNodes, until } from './nodes.ts';

const LONG = 400;

/** On it a pause after a failure lasts until it is over for all: only who is asked to try again now does so before. */
function patientClock(over: AbortSignal): Clock {
  return {
    ...systemClock,
    sleep: (milliseconds, signal) =>
      milliseconds < LONG
        ? systemClock.sleep(milliseconds, signal)
        : systemClock.sleep(2 ** 31 - 1, AbortSignal.any(signal ? [over, signal] : [over])),
  };
}

describe('a message that could not be posted yet', () => {
  it('is tried again at once, on whichever node somebody asks for it', async () => {
    const chat = createQuietPlatform('chat', 'Chat', ['ops']);
    let isAway = false;
    let tries = 0;
    const platform = {
      ...chat,
      post: async (...given: Parameters<typeof chat.post>) => {
        tries++;
        if (isAway) throw new AppError(503, 'away', 'Chat is away.', { retryAfter: 0 });
        return chat.post(...given);
      },
    };
    const over = new AbortController();
    await using nodes = await someNodes(2, { platforms: [platform], clock: patientClock(over.signal) });
    // Before the nodes are stopped, which waits for what they are at.
    using _ = { [Symbol.dispose]: () => over.abort() };
    const { a, b } = nodes;
    const endpoint = await a.endpoint('github');
    await a.type(`/webhook route ${endpoint.name} add chat:#ops`);
    for (const [round, asked] of [a, b].entries()) {
      isAway = true;
      tries = 0;
      await a.deliver(endpoint, aPush());
      await until(async () => tries > 0 && (await asked.type('/webhook failed')).text.includes('Not posted yet'));
      isAway = false;
      await asked.type('/webhook failed retry');
      await until(() => chat.posted.length > round);
    }
    assert.equal(chat.posted.length, 2);
  });
});
