import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Arrivals } from '../../src/core/event/noted/silence.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/text/duration.ts';
import { learnRhythm } from '../../src/relay/silence/rhythm.ts';
import { createRandom, patterns, START, toArrivals } from './patterns.ts';
import { stopAt, walk } from './simulate.ts';

const SPAN = 5 * 7 * DAY;
/** `npm run rhythm` tries many new seeds. */
const SEED = 20_261_128;

describe('the rhythm of an endpoint', () => {
  for (const [name, pattern] of Object.entries(patterns))
    it(`raises no alarm, and a stop counts within twice the usual gap: ${name}`, () => {
      const random = createRandom(SEED);
      const arrivals = pattern(random, SPAN);
      assert.deepEqual(walk(arrivals).alarms, []);
      for (let count = 0; count < 5; count++) {
        const stop = stopAt(arrivals, START + SPAN - random() * 7 * DAY);
        if (stop) assert.ok(stop.noticed <= 2 * stop.usual + MINUTE, `after ${stop.noticed / HOUR} hours`);
      }
    });

  // Of these, a longer run of simulations found that a first hour like any other hid how slow the day was.
  for (const [name, seed] of [
    ['less at night, and on weekends', 933_300_768],
    ['every hour, and office hours besides', 1_953_543_827],
  ] as const)
    it(`is no alarm on a day off that begins like any other: ${name}`, () => {
      const arrivals = patterns[name]?.(createRandom(seed), 8 * 7 * DAY) ?? [];
      assert.ok(arrivals.length > 0);
      assert.deepEqual(walk(arrivals).alarms, []);
    });

  it('of an office is known within working hours', () => {
    const stop = stopAt(anOffice(), START + 28 * DAY + 14 * HOUR);
    assert.ok(stop && stop.noticed < 4 * HOUR && stop.usual < stop.noticed);
  });

  it('takes one working day that does not begin for a day off, and notices the second one that does not', () => {
    const arrivals = anOffice().filter(({ from }) => from < START + 29 * DAY);
    const since = arrivals.at(-1)?.to ?? 0;
    const rhythm = learnRhythm(arrivals);
    assert.equal(rhythm?.isSilent(since, START + 30 * DAY), false);
    assert.equal(rhythm?.isSilent(since, START + 30 * DAY + 15 * HOUR), true);
  });

  it('of one that delivers every hour is that hour', () => {
    const arrivals = every(HOUR, 15 * DAY);
    const rhythm = learnRhythm(arrivals);
    const since = arrivals.at(-1)?.to ?? 0;
    assert.equal(rhythm?.isSilent(since, since + 1.5 * HOUR), false);
    assert.equal(rhythm?.isSilent(since, since + 2 * HOUR), true);
    assert.equal(Math.round(rhythm?.expected(since, since + 10 * HOUR) ?? 0), 10);
  });

  it('of one that delivers once a day is that day', () => {
    const arrivals = every(DAY, 20 * DAY);
    const rhythm = learnRhythm(arrivals);
    const since = arrivals.at(-1)?.to ?? 0;
    assert.equal(rhythm?.isSilent(since, since + 1.5 * DAY), false);
    assert.equal(rhythm?.isSilent(since, since + 2 * DAY), true);
  });

  it('is not known before two weeks, without a pattern before three, nor from a few deliveries', () => {
    assert.equal(learnRhythm(every(HOUR, 13 * DAY)), undefined);
    assert.equal(learnRhythm([0, 1, 2, 9, 11, 17, 18, 19].map((day) => toArrivals(START + day * DAY))), undefined);
    const office = anOffice();
    assert.equal(learnRhythm(office.filter(({ from }) => from < START + 20 * DAY)), undefined);
    assert.ok(learnRhythm(office.filter(({ from }) => from < START + 27 * DAY)));
    assert.equal(learnRhythm([]), undefined);
  });

  it('is not spoilt by an outage that lasted a day', () => {
    const [from, to] = [START + 10 * DAY + 9 * HOUR, START + 11 * DAY + 9 * HOUR];
    const arrivals = every(10 * MINUTE, 28 * DAY).filter((each) => each.from < from || each.from > to);
    const rhythm = learnRhythm(arrivals);
    const since = arrivals.at(-1)?.to ?? 0;
    assert.equal(rhythm?.isSilent(since, since + 21 * MINUTE), true);
  });
});

function every(gap: number, span: number): readonly Arrivals[] {
  return Array.from({ length: Math.floor(span / gap) + 1 }, (_, index) => toArrivals(START + 9 * HOUR + index * gap));
}

/** Some ten deliveries an hour on working days, hardly any at night and on weekends, bursts, and a day off. */
function anOffice(): readonly Arrivals[] {
  const random = createRandom(SEED);
  const arrivals: Arrivals[] = [];
  for (let at = START; at < START + SPAN; at += MINUTE) {
    const day = Math.floor((at - START) / DAY);
    const hour = ((at - START) % DAY) / HOUR;
    const isWorking = day % 7 < 5 && day !== 9 && hour >= 8 && hour < 18;
    const isBurst = isWorking && random() < 1 / 600;
    if (isBurst || random() < (isWorking ? 10 / 60 : 0.05 / 60)) arrivals.push(toArrivals(at, isBurst ? 300 : 1));
  }
  return arrivals;
}
