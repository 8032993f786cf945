import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lastRelease } from '../../src/core/settings/route-hold.ts';
import { type DigestTimes, lastDigestTime, parseDigestTimes } from '../../src/core/text/calendar/digest-times.ts';
import {
  parseWeeklyHours,
  toMinutes,
  type WeeklyHours,
  watchHours,
  weekdays,
} from '../../src/core/text/calendar/weekly-hours.ts';
import { momentOf, weekdayOf } from '../../src/core/text/calendar/zone-clock.ts';
import { isQuiet } from '../../src/core/text/quiet-hours.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIRST_DAY = Date.UTC(2026, 0, 1) / DAY;

/** By a whole and by half an hour, at midnight and at noon's other side, and not at all. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Havana',
  'Atlantic/Azores',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Pacific/Chatham',
];

const formats = new Map<string, Intl.DateTimeFormat>();

/** Days of 2026 on which a zone's clocks are changed. */
const changes = new Map(ZONES.map((zone) => [zone, findChanges(zone)]));

const day = fc.integer({ min: 1, max: 363 }).map((days) => FIRST_DAY + days);
const zoneAndDay = fc
  .record({ zone: fc.constantFrom(...ZONES), day, near: fc.integer({ min: -1, max: 1 }), nth: fc.nat({ max: 9 }) })
  .map(({ zone, day: any, near, nth }) => {
    const changed = changes.get(zone) ?? [];
    // Most runs look at the nights that matter.
    const chosen = changed[nth % Math.max(1, changed.length)];
    return { zone, day: nth < 8 && chosen !== undefined ? chosen + near : any };
  });
const clock = fc
  .oneof(fc.integer({ min: 0, max: 4 * 60 }), fc.integer({ min: 0, max: 24 * 60 - 1 }))
  .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
const days = fc.option(fc.subarray([...weekdays], { minLength: 1 }), { nil: undefined });

describe('a time of day', () => {
  it('is the first moment at which the clocks of its zone have reached it, also when they are changed', () => {
    fc.assert(
      fc.property(zoneAndDay, clock, ({ zone, day: on }, at) => {
        const minute = toMinutes(at);
        assert.equal(momentOf(zone, { day: on, minute }), reached(zone, on, minute));
      }),
      { numRuns: 150 },
    );
  });
});

describe('hours that come again', () => {
  it('hold from their first time on the clock to their last, on their days and on no others', () => {
    fc.assert(
      fc.property(
        zoneAndDay,
        clock,
        clock,
        days,
        fc.integer({ min: 0, max: DAY - 1 }),
        (place, from, to, on, ahead) => {
          const hours: WeeklyHours = { ...(on && { days: on }), from, to, zone: place.zone };
          const now = place.day * DAY + ahead;
          const expected = [-2, -1, 0, 1]
            .map((near) => place.day + near)
            .filter((begun) => (on ?? weekdays).includes(weekdays[weekdayOf(begun)] ?? 'sun'))
            .some((begun) => {
              const start = reached(place.zone, begun, toMinutes(from));
              const end = reached(place.zone, toMinutes(to) > toMinutes(from) ? begun : begun + 1, toMinutes(to));
              return start <= now && now < end;
            });
          assert.equal(watchHours(hours).at(now) !== undefined, expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('give the same answer whatever was asked before', () => {
    const moments = fc.array(fc.integer({ min: -3 * DAY, max: 3 * DAY }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(zoneAndDay, clock, clock, days, moments, (place, from, to, on, around) => {
        const hours: WeeklyHours = { ...(on && { days: on }), from, to, zone: place.zone };
        const kept = watchHours(hours);
        for (const ahead of around) {
          const now = place.day * DAY + ahead;
          assert.deepEqual(kept.at(now), watchHours({ ...hours }).at(now));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('end, and begin again afterwards', () => {
    fc.assert(
      fc.property(zoneAndDay, clock, clock, days, (place, from, to, on) => {
        fc.pre(from !== to);
        const watch = watchHours({ ...(on && { days: on }), from, to, zone: place.zone });
        const now = place.day * DAY;
        const { start, end } = watch.next(now);
        assert.ok(now < start && start < end);
        assert.deepEqual([watch.at(start)?.end, watch.at(start - 1)?.end === end], [end, false]);
        assert.equal(watch.last(end)?.end, end);
        assert.ok((watch.last(end - 1)?.end ?? 0) < end);
      }),
      { numRuns: 60 },
    );
  });

  it('begin a week later where the clocks skip them', () => {
    const watch = watchHours({ days: ['sun'], from: '00:00', to: '00:01', zone: 'America/Havana' });
    const [before, skipped] = [Date.UTC(2026, 2, 1, 12), Date.UTC(2026, 2, 8, 12)];
    for (const moment of [before, skipped])
      assert.equal(new Date(watch.next(moment).start).toISOString(), '2026-03-15T04:00:00.000Z');
    assert.equal(new Date(watch.last(skipped)?.end ?? 0).toISOString(), '2026-03-01T05:01:00.000Z');
  });

  for (const [typed, expected] of Object.entries({
    'every weekday 22:00-06:00': { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '22:00', to: '06:00' },
    weekends: { days: ['sun', 'sat'], from: '00:00', to: '00:00' },
    'mon,wed and Fridays from 9-17': { days: ['mon', 'wed', 'fri'], from: '09:00', to: '17:00' },
    'mon-thu 9-17': { days: ['mon', 'tue', 'wed', 'thu'], from: '09:00', to: '17:00' },
    'night 22-6': { from: '22:00', to: '06:00' },
    '22:00-07:00': { from: '22:00', to: '07:00' },
    'blue moon 22-6': undefined,
    'weekday 25-26': undefined,
    'weekday 9-9': undefined,
    '': undefined,
  }))
    it(`are read: ${typed || 'nothing'}`, () => assert.deepEqual(parseWeeklyHours(typed), expected));
});

describe('what a channel holds', () => {
  it('is due within eight days, never while it is quiet, and never earlier again', () => {
    const digests = fc.record({ every: fc.constantFrom('hour' as const, 'day' as const, 'week' as const), at: clock });
    fc.assert(
      fc.property(
        zoneAndDay,
        fc.option(digests, { nil: undefined }),
        fc.option(fc.record({ from: clock, to: clock }), { nil: undefined }),
        ({ zone, day: on }, digest, quiet) => {
          fc.pre((digest ?? quiet) !== undefined && quiet?.from !== quiet?.to);
          const holds = {
            ...(digest && { digest: { ...digest, zone } }),
            ...(quiet && { quiet: { ...quiet, zone } }),
          };
          const start = on * DAY;
          const steps = Array.from(
            { length: Math.floor((8 * DAY) / (61 * MINUTE)) },
            (_, nth) => start + nth * 61 * MINUTE,
          );
          // Quiet hours may leave no more than a minute of a day.
          const ends = quiet
            ? Array.from({ length: 8 }, (_, nth) => momentOf(zone, { day: on + nth, minute: toMinutes(quiet.to) }))
            : [];
          let last = Number.NEGATIVE_INFINITY;
          for (const now of [...steps, ...ends].toSorted((a, b) => a - b)) {
            const due = lastRelease(holds, now);
            if (quiet && isQuietAt({ ...quiet, zone }, now)) assert.equal(due, undefined);
            if (due === undefined) continue;
            assert.ok(due <= now && due >= last, new Date(now).toISOString());
            last = due;
          }
          assert.ok(last >= start);
        },
      ),
      { numRuns: 12 },
    );
  });
});

/** Whether the clocks show a time of these hours, on a night in which they are not changed. */
function isQuietAt(hours: WeeklyHours, now: number): boolean {
  const steady = [-DAY, 0, DAY].map((near) => offsetOf(hours.zone, now + near));
  return new Set(steady).size === 1 && isQuiet(hours, new Date(now));
}

describe('a digest', () => {
  it('is due once on each day of the year, at the first moment that its clock shows the time or a later one', () => {
    for (const zone of ZONES)
      for (const at of ['00:00', '02:30']) {
        const times: DigestTimes = { every: 'day', at, zone };
        const due = new Set<number>();
        for (let now = FIRST_DAY * DAY; now < (FIRST_DAY + 365) * DAY; now += 6 * HOUR)
          due.add(lastDigestTime(times, now));
        const shown = [...due].map((moment) => wallOf(zone, moment).slice(0, 10));
        assert.equal(new Set(shown).size, due.size, `${zone} ${at}`);
        assert.ok(Math.abs(due.size - 366) <= 1, `${zone} ${at}: ${due.size}`);
      }
  });

  it('was due last at the latest of its times that is not to come', () => {
    fc.assert(
      fc.property(
        zoneAndDay,
        clock,
        fc.option(fc.constantFrom(...weekdays), { nil: undefined }),
        fc.integer({ min: 0, max: DAY - 1 }),
        (place, at, weekday, ahead) => {
          const now = place.day * DAY + ahead;
          const times: DigestTimes = weekday
            ? { every: 'week', day: weekday, at, zone: place.zone }
            : { every: 'day', at, zone: place.zone };
          const all = Array.from({ length: 10 }, (_, back) => place.day + 1 - back)
            .filter((on) => !weekday || weekdays[weekdayOf(on)] === weekday)
            .map((on) => reached(place.zone, on, toMinutes(at)));
          assert.equal(lastDigestTime(times, now), Math.max(...all.filter((moment) => moment <= now)));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of every hour was due within the hour, when a clock in its zone struck it', () => {
    fc.assert(
      fc.property(zoneAndDay, fc.integer({ min: 0, max: DAY - 1 }), ({ zone, day: on }, ahead) => {
        const now = on * DAY + ahead;
        const due = lastDigestTime({ every: 'hour', zone }, now);
        assert.ok(due <= now && now - due < HOUR);
        const isSteady = offsetOf(zone, due) === offsetOf(zone, now);
        if (isSteady) assert.match(wallOf(zone, due), /:00$/);
      }),
      { numRuns: 60 },
    );
  });

  for (const [typed, expected] of Object.entries({
    hourly: { every: 'hour' },
    'daily 9:00': { every: 'day', at: '09:00' },
    'daily at 5:30pm': { every: 'day', at: '17:30' },
    daily: { every: 'day', at: '09:00' },
    'weekly mon 9:00': { every: 'week', day: 'mon', at: '09:00' },
    'weekly on friday at 8': { every: 'week', day: 'fri', at: '08:00' },
    'weekly weekend 9:00': undefined,
    'daily 25:00': undefined,
    'hourly 9:00': undefined,
    never: undefined,
  }))
    it(`is read: ${typed}`, () => assert.deepEqual(parseDigestTimes(typed), expected));
});

/** `2026-03-29T03:00`, as the clocks of a zone show it: by another way than the code's own. */
function wallOf(zone: string, moment: number): string {
  return formatOf(zone).format(moment).replace(', ', 'T').replace('T24', 'T00');
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const [two, four] = ['2-digit', 'numeric'] as const;
  const made = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: four,
    month: two,
    day: two,
    hour: two,
    minute: two,
    hourCycle: 'h23',
  });
  const format = { format: (at: number) => made.format(at).replace(' ', 'T') } as Intl.DateTimeFormat;
  formats.set(timeZone, format);
  return format;
}

/** The first minute at which the clocks of a zone show a time of a day or a later one, found by looking at each. */
function reached(zone: string, on: number, minute: number): number {
  const wanted = new Date(on * DAY + minute * MINUTE).toISOString().slice(0, 16);
  let moment = on * DAY + minute * MINUTE - 15 * HOUR;
  // No zone is further away than that, and none changes its clocks by more than an hour.
  while (wallOf(zone, moment + 2 * HOUR) < wanted) moment += HOUR;
  while (wallOf(zone, moment) < wanted) moment += MINUTE;
  return moment;
}

function offsetOf(zone: string, moment: number): number {
  const minute = Math.floor(moment / MINUTE) * MINUTE;
  return Date.parse(`${wallOf(zone, minute)}Z`) - minute;
}

function findChanges(zone: string): readonly number[] {
  const offset = (on: number) => offsetOf(zone, on * DAY);
  const all = Array.from({ length: 363 }, (_, index) => FIRST_DAY + 1 + index);
  return all.filter((on) => offset(on) !== offset(on + 1));
}
