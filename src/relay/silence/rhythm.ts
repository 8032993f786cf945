import type { Arrivals } from '../../core/event/noted/silence.ts';
import { DAY, HOUR, MINUTE } from '../../core/text/duration.ts';
import { largestUsual, unlikely } from './largest-usual.ts';
import { type Span, toWeeks, type Week } from './week.ts';

/** How often an endpoint delivers, by the hour of the week. Times are in milliseconds. */
export interface Rhythm {
  /** Whether a silence is longer than any that is usual: it began then, and lasts until now. */
  isSilent(since: number, now: number): boolean;
  /** The longest time that usually passes from a delivery to the next one. A silence counts within twice that. */
  usualGap(since: number): number;
  /** How many deliveries usually arrive in a span. */
  expected(from: number, to: number): number;
}

/** Nothing is said of an endpoint before so long after its first delivery, and before so many gaps between deliveries. */
const LEAST = { span: 21 * DAY, gaps: 100 } as const;
/** The same where one delivery follows the other regularly. */
const LEAST_REGULAR = { span: 14 * DAY, gaps: 10 } as const;
/** Gaps are regular where the longest usual one is no longer than so many times the median. */
const REGULAR = 1.5;
/** A silence counts when it is so many times as long as the longest usual one: just within twice. */
const TOLERANCE = 1.75;
/** A shorter silence is never said. */
const SHORTEST = 5 * MINUTE;
/** Busy times may begin so much earlier, and end so much later. */
const EDGE = HOUR;
/** How far back the deliveries show whether this is a slow day. */
const LEVEL = DAY;
/** So many deliveries do not count for the pace of a day: a few prove little, and so does one burst. */
const DOUBT = 2;
/** A day is slow where less than this share of the usual has come. */
const SLOW = 0.5;
/** No time of rest is shorter. */
const NIGHT = 3 * HOUR;
/** A longer silence is not looked for. */
const LONGEST = 56 * DAY;
/** So many of the longest gaps are looked at closely: there are up to 40,000, and short ones lack little at any hour. */
const MOST_GAPS = 4_000;

/** Learns an endpoint's rhythm from its deliveries of the last weeks, oldest first; nothing while they are too few. */
export function learnRhythm(arrivals: readonly Arrivals[]): Rhythm | undefined {
  const [first, last] = [arrivals[0], arrivals.at(-1)];
  const span = first && last ? last.to - first.from : 0;
  if (span < LEAST_REGULAR.span) return undefined;
  const weeks = toWeeks(arrivals);
  const moments = arrivals.map(({ from }) => from);
  const gaps = toGaps(arrivals);
  const lengths = gaps.map(({ from, to }) => to - from);
  const missing = gaps
    .slice(0, MOST_GAPS)
    // By what the other weeks bring: its own would excuse it.
    .map(({ from, to }) => lackOf(weeks.without(from), moments, { from, to }))
    .toSorted((a, b) => b - a);
  const least = isRegular(lengths) || lengths.every(isDays) ? LEAST_REGULAR : LEAST;
  if (span < least.span || gaps.length < least.gaps) return undefined;

  const most = Math.max(TOLERANCE * Math.max(1, largestUsual(missing)), unlikely(missing));
  const longest = isSteady(weeks.whole, lengths)
    ? Math.max(TOLERANCE * (lengths[0] ?? 0), unlikely(lengths))
    : Number.POSITIVE_INFINITY;
  const lacks = (since: number, now: number) => lackOf(weeks.whole, moments, { from: since, to: now });
  const isSilent = (since: number, now: number) =>
    now - since >= SHORTEST && (now - since > longest || lacks(since, now) > most);
  return {
    isSilent,
    usualGap(since) {
      const until = (lack: number) => shortest((length) => lacks(since, since + length) > lack);
      // A night between the longest usual gap and the moment at which a silence counts makes it more than twice as long.
      const usual = Math.min(longest / TOLERANCE, Math.max(until(most / TOLERANCE), until(most) / 2));
      return Math.max(SHORTEST / 2, usual);
    },
    expected: weeks.whole.deliveries,
  };
}

/** The times between deliveries, the longest first. */
function toGaps(arrivals: readonly Arrivals[]): readonly Span[] {
  return arrivals
    .slice(1)
    .map(({ from }, index) => ({ from: arrivals[index]?.to ?? from, to: from }))
    .toSorted((a, b) => b.to - b.from - (a.to - a.from));
}

/**
 * How many minutes with a delivery a silence lacks, as far as that is certain: no more of a slow day than its pace; and without the next busy time, such as a working day, for it may be a holiday.
 */
function lackOf(week: Week, moments: readonly number[], { from, to }: Span): number {
  const present = week.busyAt(from);
  const start = Math.max(present?.from ?? 0, from - LEVEL);
  const came = countUntil(moments, from) - countUntil(moments, start - 1);
  const began = moments[countUntil(moments, start - 1)] ?? from;
  // By what is least, the first hour of a slow day would look like any other.
  const usual = week.average(start, from);
  // What came on a slow day says little of its pace: it counts as low as it may be.
  const certain = came - (came < SLOW * usual ? 2 * Math.sqrt(came) : DOUBT);
  const pace = certain > 0 && from - began >= EDGE ? Math.min(1, certain / usual) : 0;
  const slow = week.minutes(from, Math.min(to, present ? present.to + EDGE : from + LEVEL));
  const holiday = week.busyAfter(from);
  const off = holiday ? week.minutes(Math.max(from, holiday.from - EDGE), Math.min(to, holiday.to + EDGE)) : 0;
  return week.minutes(from, to) - (1 - pace) * slow - off;
}

/** How many of rising moments are no later than a moment. */
function countUntil(moments: readonly number[], at: number): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? at) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether all silences can be measured by one length: where nights are usual, a day off makes one that is longer than any before. */
function isSteady(week: Week, lengths: readonly number[]): boolean {
  const longest = lengths[0] ?? 0;
  return longest < NIGHT || isRegular(lengths) || !week.busyAfter(0);
}

/** Whether one comes at the same time of day as the one before, though not on every day. */
function isDays(length: number): boolean {
  return Math.abs(length - Math.max(1, Math.round(length / DAY)) * DAY) < NIGHT;
}

function isRegular(falling: readonly number[]): boolean {
  return (falling[0] ?? 0) <= REGULAR * (falling[Math.floor(falling.length / 2)] ?? 0);
}

/** The shortest silence, to the minute, that is long enough; all longer ones are too. */
function shortest(isEnough: (length: number) => boolean): number {
  let [low, high] = [0, LONGEST / MINUTE];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isEnough(middle * MINUTE)) high = middle;
    else low = middle + 1;
  }
  return low * MINUTE;
}
