import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createRush } from '../../src/relay/rush.ts';
import { createSimulatedClock } from '../doubles/clocks/simulated-clock.ts';

/** Whether it was ever a rush, and whether it is one a second later. */
async function rushOf(arrivals: readonly { readonly count: number; readonly pause: number }[]) {
  const clock = createSimulatedClock();
  const rush = createRush(clock);
  let ever = false;
  await clock.until(
    (async () => {
      for (const { count, pause } of arrivals) {
        for (let arrived = 0; arrived < count; arrived++) rush.note();
        ever ||= rush.on;
        await clock.sleep(pause);
      }
      await clock.sleep(1_000);
    })(),
  );
  return { ever, after: rush.on };
}

it('five hundred deliveries a second are a rush, until they end', async () => {
  const arrivals = Array.from({ length: 100 }, () => ({ count: 5, pause: 10 }));
  assert.deepEqual(await rushOf(arrivals), { ever: true, after: false });
});

it('two hundred a second are none, though they come in clumps', async () => {
  const arrivals = Array.from({ length: 10 }, () => ({ count: 60, pause: 300 }));
  assert.deepEqual(await rushOf(arrivals), { ever: false, after: false });
});
