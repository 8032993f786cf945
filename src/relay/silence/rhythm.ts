import type { Arrivals } from '../../core/event/noted/silence.ts';
import { DAY, HOUR, MINUTE } from '../../core/text/duration.ts';

/** How often an endpoint delivers, by the hour of the week. Times are in milliseconds. */
export interface Rhythm {
  /** Whether a silence is longer than any that is usual: it began then, and lasts until now. */
  isSilent(since: number, now: number): boolean;
  /** The longest time that usually passes from a delivery to the next one. */
  usualGap(since: number): number;
  /** How many deliveries usually arrive in a span. */
  expected(from: number, to: number): number;
}

/** Nothing is said of an endpoint before so long after its first delivery, and before so many gaps between deliveries. */
const LEAST = { span: 14 * DAY, gaps: 100, regularGaps: 10 } as const;
/** Gaps are regular where the longest usual one is no longer than so many times the median. */
const REGULAR = 1.5;
/** A silence counts when it is so many times as long as the longest usual one: just within twice. */
const TOLERANCE = 1.75;
/** A shorter silence is never said. */
const SHORTEST = 5 * MINUTE;
/** Hours rest where they have less than this share of the mean, and so many of them in a row. */
const RESTING = { share: 0.1, hours: 3 } as const;
/** A time of activity is one from this share of the largest on. */
const STRAY = 0.2;
const WEEK = 168;
/** Gaps that may be outages or holidays, so that they are no measure of what is usual. */
const ODD = 3;
/** So many of the longest gaps are looked at closely: there are up to 40,000, and short ones lack little at any hour. */
const MOST_GAPS = 2_000;

/** Learns an endpoint's rhythm from its deliveries of the last weeks, oldest first; nothing while they are too few. */
export function learnRhythm(arrivals: readonly Arrivals[]): Rhythm | undefined {
  const [first, last] = [arrivals[0], arrivals.at(-1)];
  if (!first || !last || last.to - first.from < LEAST.span) return undefined;
  const gaps = arrivals
    .slice(1)
    .map(({ from }, index) => ({ from: arrivals[index]?.to ?? from, to: from }))
    .toSorted((a, b) => b.to - b.from - (a.to - a.from));
  const lengths = gaps.map(({ from, to }) => to - from);
  const isRegular = mostUsual(lengths) <= REGULAR * (lengths[Math.floor(lengths.length / 2)] ?? 0);
  if (gaps.length < (isRegular ? LEAST.regularGaps : LEAST.gaps)) return undefined;

  const hours = toHours(arrivals, { from: first.from, to: last.to });
  // None is left out here: of a month there are too few weekends to tell them from outages.
  const longest = lengths[0] ?? 0;
  // Even where every gap is small, one delivery may be missing.
  const lacks = gaps.slice(0, MOST_GAPS).map(({ from, to }) => missed(hours, from, to));
  const most = Math.max(1, mostUsual(lacks.toSorted((a, b) => b - a)));
  // Where nights are usual, a day off makes a gap that is longer than any before.
  const isSteady = isRegular || !hours.some(({ rests }) => rests);
  return {
    isSilent(since, now) {
      const length = now - since;
      if (length < SHORTEST) return false;
      return (isSteady && length > TOLERANCE * longest) || missed(hours, since, now) > TOLERANCE * most;
    },
    usualGap(since) {
      for (let length = HOUR / 4; length < longest; length += HOUR / 4)
        if (missed(hours, since, since + length) >= most) return refine(hours, { since, length, most });
      return longest;
    },
    expected: (from, to) => sum(hours, from, to, ({ deliveries }) => deliveries),
  };
}

/** What an hour of the week usually brings. */
interface Hour {
  /** Minutes with a delivery: a burst within a minute counts once. */
  readonly minutes: number;
  readonly deliveries: number;
  /** Whether it is part of a time, such as a night, in which hardly anything arrives. */
  readonly rests: boolean;
}

function toHours(
  arrivals: readonly Arrivals[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly Hour[] {
  const totals = Array.from({ length: WEEK }, () => ({ minutes: 0, deliveries: 0, seen: 0 }));
  for (let hour = Math.floor(from / HOUR); hour <= Math.floor(to / HOUR); hour++) {
    const total = totals[hour % WEEK];
    // The first and the last are seen in part.
    if (total) total.seen += (Math.min(to, (hour + 1) * HOUR) - Math.max(from, hour * HOUR)) / HOUR;
  }
  // The last one ends what was seen.
  for (const arrival of arrivals.slice(0, -1)) {
    const total = totals[hourOf(arrival.from)];
    if (!total) continue;
    total.minutes++;
    total.deliveries += arrival.count;
  }
  const rates = totals.map(({ minutes, deliveries, seen }) => ({
    minutes: seen > 0 ? minutes / seen : 0,
    deliveries: seen > 0 ? deliveries / seen : 0,
  }));
  const mean = rates.reduce((total, { minutes }) => total + minutes, 0) / WEEK;
  const around = (hour: number) =>
    [-1, 0, 1].reduce((total, step) => total + (rates[(hour + step + WEEK) % WEEK]?.minutes ?? 0), 0) / 3;
  const isQuiet = rates.map((_, hour) => around(hour) < RESTING.share * mean);
  const isQuietAt = (hour: number) => isQuiet[(hour + WEEK) % WEEK] ?? false;
  // Some run of quiet hours that holds this one is long enough.
  const rests = (hour: number) =>
    Array.from({ length: RESTING.hours }, (_, start) =>
      Array.from({ length: RESTING.hours }, (_, step) => isQuietAt(hour - start + step)).every(Boolean),
    ).some(Boolean);
  return withoutStrays(rates.map((rate, hour) => ({ ...rate, rests: rests(hour) })));
}

/** A few deliveries on a weekend are no working day: times of activity that are small beside the largest rest too. */
function withoutStrays(hours: readonly Hour[]): readonly Hour[] {
  const start = hours.findIndex(({ rests }) => rests);
  if (start < 0) return hours;
  const runs: { total: number; readonly hours: number[] }[] = [];
  let wasResting = true;
  for (let step = 0; step < WEEK; step++) {
    const at = (start + step) % WEEK;
    const { rests = true, minutes = 0 } = hours[at] ?? {};
    if (wasResting && !rests) runs.push({ total: 0, hours: [] });
    const run = rests ? undefined : runs.at(-1);
    if (run) run.total += minutes;
    run?.hours.push(at);
    wasResting = rests;
  }
  const largest = runs.reduce((most, { total }) => Math.max(most, total), 0);
  const strays = new Set(runs.filter(({ total }) => total < STRAY * largest).flatMap((run) => run.hours));
  return hours.map((hour, at) => (strays.has(at) ? { ...hour, rests: true } : hour));
}

/**
 * How many minutes with a delivery a silence lacks. The first time of activity that does not begin at all, such as a working
 * day after the night, is left out: it may be a holiday.
 */
function missed(hours: readonly Hour[], from: number, to: number): number {
  let begun = 0;
  let wasResting = hours[hourOf(from)]?.rests ?? false;
  return sum(hours, from, to, ({ minutes, rests }) => {
    if (wasResting && !rests) begun++;
    wasResting = rests;
    return begun === 1 ? 0 : minutes;
  });
}

/** Adds what the hours of a span bring, each in proportion to how much of it the span covers. */
function sum(hours: readonly Hour[], from: number, to: number, rate: (hour: Hour) => number): number {
  let total = 0;
  for (let at = from; at < to; ) {
    const end = Math.min(to, (Math.floor(at / HOUR) + 1) * HOUR);
    const hour = hours[hourOf(at)];
    if (hour) total += (rate(hour) * (end - at)) / HOUR;
    at = end;
  }
  return total;
}

function refine(
  hours: readonly Hour[],
  { since, length, most }: { readonly since: number; readonly length: number; readonly most: number },
): number {
  let shorter = length - HOUR / 4 + MINUTE;
  while (shorter < length && missed(hours, since, since + shorter) < most) shorter += MINUTE;
  return Math.min(shorter, length);
}

/** The first of falling values that is no odd one: a few may be more than twice as large as all others. */
function mostUsual(falling: readonly number[]): number {
  let from = 0;
  for (let index = 0; index < ODD; index++)
    if ((falling[index] ?? 0) > 2 * (falling[index + 1] ?? Number.POSITIVE_INFINITY)) from = index + 1;
  return falling[from] ?? 0;
}

function hourOf(at: number): number {
  return Math.floor(at / HOUR) % WEEK;
}
