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

it('twenty senders that wait all the time are a rush, however few of them are answered', async () => {
  assert.equal(await isRushWhile({ senders: 20, answered: 200, seconds: 1 }), true);
});

it('ten that wait all the time are none, nor are forty that wait for a moment', async () => {
  assert.equal(await isRushWhile({ senders: 10, answered: 200, seconds: 2 }), false);
  assert.equal(await isRushWhile({ senders: 40, answered: 200, seconds: 0.2 }), false);
});

/** Whether it is ever a rush while so many senders each send again as soon as they are answered, after so many milliseconds. */
async function isRushWhile({
  senders,
  answered,
  seconds,
}: {
  readonly senders: number;
  readonly answered: number;
  readonly seconds: number;
}): Promise<boolean> {
  const clock = createSimulatedClock();
  const rush = createRush(clock);
  let ever = false;
  const send = async () => {
    while (clock.elapsed() < seconds * 1_000) {
      await rush.during(() => clock.sleep(answered));
      ever ||= rush.on;
    }
  };
  await clock.until(Promise.all(Array.from({ length: senders }, send)));
  await clock.until(clock.sleep(1_000));
  assert.equal(rush.on, false);
  return ever;
}
