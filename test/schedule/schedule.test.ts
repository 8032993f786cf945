import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { discover } from '../../src/app/discover.ts';
import type { Chore, ChoreParts } from '../../src/schedule/shared/chore.ts';
import { createSchedule } from '../../src/schedule/shared/create-schedule.ts';
import { createSimulatedClock } from '../doubles/clocks/simulated-clock.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

describe('a chore with a pause', () => {
  it('runs again and again, wherever the wall clock is set meanwhile', async () => {
    const { clock, runs, stop } = aSchedule({ when: { every: 10 * SECOND } });
    await clock.until(clock.sleep(25 * SECOND));
    assert.equal(runs(), 2);
    clock.set(new Date(clock.now().getTime() - HOUR));
    await clock.until(clock.sleep(20 * SECOND));
    assert.equal(runs(), 4);
    clock.set(new Date(clock.now().getTime() + DAY));
    await clock.until(clock.sleep(20 * SECOND));
    assert.equal(runs(), 6);
    await stop();
  });

  it('never overlaps itself', async () => {
    const { clock, runs, stop } = aSchedule({ when: { every: SECOND }, takes: 10 * SECOND });
    await clock.until(clock.sleep(30 * SECOND));
    assert.equal(runs(), 3);
    await stop();
  });

  it('runs again after it failed, and the failure is logged', async () => {
    const { clock, runs, logged, stop } = aSchedule({ when: { every: SECOND }, fails: true });
    await clock.until(clock.sleep(3.5 * SECOND));
    assert.deepEqual([runs(), logged], [3, ['a chore failed', 'a chore failed', 'a chore failed']]);
    await stop();
  });

  it('runs no more once the schedule is stopped', async () => {
    const { clock, runs, stop } = aSchedule({ when: { every: SECOND } });
    await stop();
    await clock.until(clock.sleep(5 * SECOND));
    assert.equal(runs(), 0);
  });
});

describe('a chore with a time', () => {
  it('runs at its time', async () => {
    const { clock, runs, stop } = aSchedule({ when: { cron: '17 * * * *' }, at: '2026-01-05T12:16:30.500Z' });
    await clock.until(clock.sleep(25 * SECOND));
    assert.equal(runs(), 0);
    await clock.until(clock.sleep(10 * SECOND));
    assert.equal(runs(), 1);
    await clock.until(clock.sleep(HOUR));
    assert.equal(runs(), 2);
    await stop();
  });

  it('runs once for all that it missed when the wall clock jumps ahead', async () => {
    for (const jump of [HOUR, DAY, 30 * DAY]) {
      const { clock, runs, stop } = aSchedule({ when: { cron: '17 * * * *' }, at: '2026-01-05T12:20:00.000Z' });
      clock.set(new Date(clock.now().getTime() + jump));
      await clock.until(clock.sleep(10 * SECOND));
      assert.equal(runs(), 1, `after ${jump / HOUR} hours`);
      await stop();
    }
  });

  it('does not wait for an hour to come again when the wall clock is set back', async () => {
    const { clock, runs, stop } = aSchedule({ when: { cron: '0 * * * * *' }, at: '2026-01-05T12:20:30.000Z' });
    await clock.until(clock.sleep(60 * SECOND));
    clock.set(new Date(clock.now().getTime() - HOUR));
    await clock.until(clock.sleep(120 * SECOND));
    assert.equal(runs(), 3);
    await stop();
  });
});

it('a chore is a file, found by its name', async () => {
  const folder = new URL('../../src/schedule', import.meta.url).pathname;
  const chores = await discover<Chore>(folder);
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  assert.deepEqual(
    [...chores.keys()].map((name) => `${name}.ts`),
    files.toSorted(),
  );
  for (const { when, run } of chores.values()) assert.ok(('every' in when || 'cron' in when) && run);
});

function aSchedule({
  when,
  at,
  takes = 0,
  fails = false,
}: {
  readonly when: Chore['when'];
  readonly at?: string;
  readonly takes?: number;
  readonly fails?: boolean;
}) {
  const clock = createSimulatedClock(at);
  const logged: string[] = [];
  let runs = 0;
  const schedule = createSchedule({
    chores: new Map([
      [
        'work',
        {
          when,
          async run() {
            runs++;
            if (takes) await clock.sleep(takes);
            if (fails) throw new Error('no luck');
          },
        },
      ],
    ]),
    // The chore above uses none of them.
    parts: {} as ChoreParts,
    clock,
    log: { debug() {}, info() {}, warn() {}, error: (_fields, message) => void logged.push(message) },
  });
  schedule.start();
  return { clock, logged, runs: () => runs, stop: () => clock.until(schedule.stop()) };
}
