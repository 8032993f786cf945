import type { Arrivals } from '../../core/event/noted/silence.ts';
import { DAY, HOUR } from '../../core/text/duration.ts';

/** What the hours of a week usually bring. Times are in milliseconds; minutes with several deliveries count once. */
export interface Week {
  /** How many minutes with a delivery a span has at least, also where everything is an hour earlier or later. */
  minutes(from: number, to: number): number;
  /** How many minutes with a delivery a span has on average. */
  average(from: number, to: number): number;
  /** How many deliveries a span usually has. */
  deliveries(from: number, to: number): number;
  /** The busy time that a moment is in, such as a working day. */
  busyAt(at: number): Span | undefined;
  /** The first busy time that begins after a moment. */
  busyAfter(at: number): Span | undefined;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

const HOURS = 168;
const WEEK = HOURS * HOUR;
/** An hour is busy from this share of the rate at which the usual delivery arrives. */
const BUSY = 0.33;
/** So many hours in a row that are not busy part two busy times. */
const REST = 3;
/** A rest from this length on is a day off. */
const DAY_OFF = 20 * HOUR;
/** A busy time is one from this share of the largest on: a few deliveries on a Sunday are not a working day. */
const STRAY = 0.2;

/** What the hours of a week bring by all that was seen, and by all but the week after a start in which a moment is. */
export function toWeeks(arrivals: readonly Arrivals[]): { readonly whole: Week; without(at: number): Week } {
  const start = arrivals[0]?.from ?? 0;
  const weeks = countWeeks(arrivals);
  const known = new Map<number, Week>();
  return {
    whole: toWeek(weeks),
    without(at) {
      const index = Math.floor((at - start) / WEEK);
      const week = known.get(index) ?? toWeek(weeks.toSpliced(index, 1));
      known.set(index, week);
      return week;
    },
  };
}

/** For each hour of the week: for how many hours it was seen, and what arrived then. */
interface Counts {
  readonly seen: Float64Array;
  readonly minutes: Float64Array;
  readonly deliveries: Float64Array;
}

/** Counts each week after the first delivery, the last of which ends with the last delivery. */
function countWeeks(arrivals: readonly Arrivals[]): readonly Counts[] {
  const [start, end] = [arrivals[0]?.from ?? 0, arrivals.at(-1)?.to ?? 0];
  const weeks = Array.from({ length: Math.floor((end - start) / WEEK) + 1 }, (_, index): Counts => {
    const from = start + index * WEEK;
    return {
      seen: hoursIn({ from, to: Math.min(end, from + WEEK) }),
      minutes: new Float64Array(HOURS),
      deliveries: new Float64Array(HOURS),
    };
  });
  // The last one ends what was seen.
  for (let index = 0; index < arrivals.length - 1; index++) {
    const { from = 0, count = 0 } = arrivals[index] ?? {};
    const week = weeks[Math.floor((from - start) / WEEK)];
    const hour = Math.floor(from / HOUR) % HOURS;
    if (!week) continue;
    week.minutes[hour] = (week.minutes[hour] ?? 0) + 1;
    week.deliveries[hour] = (week.deliveries[hour] ?? 0) + count;
  }
  return weeks;
}

function toWeek(weeks: readonly Counts[]): Week {
  const each = rates(weeks, 'minutes');
  const spread = smooth(each);
  const spans = busySpans(spread);
  const inWeeks = [-WEEK, 0, WEEK].flatMap((week) => spans.map((span) => moved(span, week)));
  const hours = Array.from({ length: HOURS }, (_, hour) => hour * HOUR);
  const present = hours.map((at) => inWeeks.find((span) => span.from <= at && at < span.to));
  const next = hours.map((at) => inWeeks.find((span) => span.from > at));
  const inTime = (of: readonly (Span | undefined)[], at: number) => {
    const span = of[Math.floor(at / HOUR) % HOURS];
    return span && moved(span, Math.floor(at / WEEK) * WEEK);
  };
  return {
    minutes: toIntegral(certain(each, spread)),
    average: toIntegral(each),
    deliveries: toIntegral(rates(weeks, 'deliveries')),
    busyAt: (at) => inTime(present, at),
    busyAfter: (at) => inTime(next, at),
  };
}

function moved({ from, to }: Span, by: number): Span {
  return { from: from + by, to: to + by };
}

/** How often each hour of the week is in a span, in hours: those at its ends in part. */
function hoursIn({ from, to }: Span): Float64Array {
  const hours = new Float64Array(HOURS);
  for (let hour = Math.floor(from / HOUR); hour * HOUR < to; hour++)
    hours[hour % HOURS] =
      (hours[hour % HOURS] ?? 0) + (Math.min(to, (hour + 1) * HOUR) - Math.max(from, hour * HOUR)) / HOUR;
  return hours;
}

/** What each hour of the week brings in an hour. */
function rates(weeks: readonly Counts[], what: 'minutes' | 'deliveries'): readonly number[] {
  return Array.from({ length: HOURS }, (_, hour) => {
    const seen = weeks.reduce((sum, week) => sum + (week.seen[hour] ?? 0), 0);
    return seen > 0 ? weeks.reduce((sum, week) => sum + (week[what][hour] ?? 0), 0) / seen : 0;
  });
}

function smooth(hours: readonly number[]): readonly number[] {
  const at = (hour: number) => hours[(hour + HOURS) % HOURS] ?? 0;
  return hours.map((rate, hour) => (at(hour - 1) + 2 * rate + at(hour + 1)) / 4);
}

/** What an hour brings at least, also when everything is an hour earlier or later; one delivery is that of its hour or of the next. */
function certain(each: readonly number[], spread: readonly number[]): readonly number[] {
  const at = (hour: number) => each[(hour + HOURS) % HOURS] ?? 0;
  return spread.map((rate, hour) => Math.max(Math.min(at(hour - 1), at(hour), at(hour + 1)), Math.min(rate, 1)));
}

/** The busy times of one week, from the first that begins in it; none where nothing parts them. */
function busySpans(rates: readonly number[]): readonly Span[] {
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  const usual = total ? rates.reduce((sum, rate) => sum + rate * rate, 0) / total : 0;
  const rests = longRuns(rates.map((rate) => rate < BUSY * usual));
  const first = rests.findIndex((resting, hour) => resting && !rests[(hour + 1) % HOURS]);
  if (first < 0) return [];
  const spans: { from: number; to: number; total: number }[] = [];
  for (let hour = first + 1; hour <= first + HOURS; hour++) {
    if (rests[hour % HOURS]) continue;
    const rate = rates[hour % HOURS] ?? 0;
    const last = spans.at(-1);
    if (last?.to === hour * HOUR) Object.assign(last, { to: last.to + HOUR, total: last.total + rate });
    else spans.push({ from: hour * HOUR, to: (hour + 1) * HOUR, total: rate });
  }
  const largest = Math.max(...spans.map((span) => span.total));
  const busy = spans.filter((span) => span.total >= STRAY * largest);
  return hasDayOff(busy) ? busy.flatMap(toDays) : busy;
}

/** Whether a rest of the week is a day long or so. */
function hasDayOff(spans: readonly Span[]): boolean {
  return spans.some(({ to }, index) => (spans[index + 1]?.from ?? (spans[0]?.from ?? 0) + WEEK) - to >= DAY_OFF);
}

/** A busy time of several days as its days: whoever rests on a Sunday may rest on a Wednesday too. */
function toDays({ from, to }: Span): readonly Span[] {
  const count = Math.max(1, Math.round((to - from) / DAY));
  return Array.from({ length: count }, (_, day) => ({
    from: from + day * DAY,
    to: day === count - 1 ? to : from + (day + 1) * DAY,
  }));
}

/** Which hours are part of a run of at least `REST`, around the end of the week too. */
function longRuns(quiet: readonly boolean[]): readonly boolean[] {
  const isQuiet = (hour: number) => quiet[(hour + HOURS) % HOURS] ?? false;
  const steps = Array.from({ length: REST }, (_, step) => step);
  return quiet.map((_, hour) => steps.some((start) => steps.every((step) => isQuiet(hour - start + step))));
}

/** Adds the rates of the hours of a span, those at its ends in part. */
function toIntegral(rates: readonly number[]): (from: number, to: number) => number {
  const sums = [0];
  for (const rate of rates) sums.push((sums.at(-1) ?? 0) + rate);
  const whole = sums.at(-1) ?? 0;
  const until = (at: number) => {
    const hour = Math.floor(at / HOUR);
    const inWeek = hour % HOURS;
    return Math.floor(hour / HOURS) * whole + (sums[inWeek] ?? 0) + (at / HOUR - hour) * (rates[inWeek] ?? 0);
  };
  return (from, to) => (to > from ? until(to) - until(from) : 0);
}
