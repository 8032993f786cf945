import { parseHours } from '../quiet-hours.ts';
import { momentOf, wallTimeAt, weekdayOf } from './zone-clock.ts';

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

/** Hours that repeat every day, or on some days of the week: `22:00` to `06:00` may go past midnight. */
export interface WeeklyHours {
  /** The days on which they begin; every day when absent. */
  readonly days?: readonly Weekday[];
  readonly from: string;
  /** The same as `from` for a whole day. */
  readonly to: string;
  /** IANA. */
  readonly zone: string;
}

/** One time that such hours last, in milliseconds since 1970: the end is no longer part of it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Finds the spans of hours around a moment. What was found last is kept, so that asking again costs nothing. */
export interface HoursWatch {
  /** The span that a moment lies in, if it lies in one. */
  at(moment: number): Span | undefined;
  /** The first span that begins after a moment. */
  next(moment: number): Span;
  /** The last span that is over at a moment, if one was over within two weeks. */
  last(moment: number): Span | undefined;
}

/** Days that are looked at to find each day of the week, though the clocks may skip a whole one, or the hours on one. */
const TWO_WEEKS = [...Array(16).keys()];

const watches = new WeakMap<WeeklyHours, HoursWatch>();

/** The watch of these hours, made once for each object that says them. */
export function watchHours(hours: WeeklyHours): HoursWatch {
  const known = watches.get(hours);
  if (known) return known;
  const made = createWatch(hours);
  watches.set(hours, made);
  return made;
}

function createWatch(hours: WeeklyHours): HoursWatch {
  const [from, to] = [toMinutes(hours.from), toMinutes(hours.to)];
  const days = new Set((hours.days ?? weekdays).map((day) => weekdays.indexOf(day)));
  // Between these moments the answer is the same.
  let known: { readonly since: number; readonly until: number; readonly span?: Span } | undefined;

  function spanOf(day: number): readonly Span[] {
    if (!days.has(weekdayOf(day))) return [];
    const start = momentOf(hours.zone, { day, minute: from });
    const end = momentOf(hours.zone, { day: to > from ? day : day + 1, minute: to });
    // All of it may be skipped when the clocks are put forward.
    return start < end ? [{ start, end }] : [];
  }

  function next(moment: number): Span {
    const { day } = wallTimeAt(hours.zone, moment);
    const found = TWO_WEEKS.flatMap((ahead) => spanOf(day + ahead)).find(({ start }) => start > moment);
    if (!found) throw new Error(`no span of ${describeHours(hours)} follows`);
    return found;
  }

  function find(moment: number): Span | undefined {
    const { day } = wallTimeAt(hours.zone, moment);
    return [day - 1, day].flatMap(spanOf).find(({ start, end }) => start <= moment && moment < end);
  }

  return {
    next,
    at(moment) {
      if (known && known.since <= moment && moment < known.until) return known.span;
      const span = find(moment);
      known = span ? { since: span.start, until: span.end, span } : { since: moment, until: next(moment).start };
      return span;
    },
    last(moment) {
      const { day } = wallTimeAt(hours.zone, moment);
      return TWO_WEEKS.flatMap((back) => spanOf(day - back)).find(({ end }) => end <= moment);
    },
  };
}

const GROUPS: Readonly<Record<string, readonly Weekday[]>> = {
  day: weekdays,
  daily: weekdays,
  night: weekdays,
  weekday: ['mon', 'tue', 'wed', 'thu', 'fri'],
  weekend: ['sat', 'sun'],
};

/** The days that one word means: `weekday`, `mon`, `Saturdays`, `mon-fri`; nothing when it means none. */
export function parseDays(word: string): readonly Weekday[] | undefined {
  const [first, last, ...more] = word.split('-').map(parseDay);
  if (!first || !word.includes('-')) return first;
  const [from, to] = [first[0], last?.[0]];
  if (!from || !to || more.length) return undefined;
  const [start, end] = [weekdays.indexOf(from), weekdays.indexOf(to)];
  return weekdays.filter((_, day) => (start <= end ? day >= start && day <= end : day >= start || day <= end));
}

function parseDay(word: string): readonly Weekday[] | undefined {
  const text = word.toLowerCase().replace(/s$/, '');
  if (Object.hasOwn(GROUPS, text)) return GROUPS[text];
  const day = weekdays.find((_, index) => LONG[index]?.startsWith(text));
  return day && text.length >= 3 ? [day] : undefined;
}

const names = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' });
/** Their whole names, in lower case: the first of January 2023 was a Sunday. */
const LONG = weekdays.map((_, day) => names.format(Date.UTC(2023, 0, 1 + day)).toLowerCase());

/** The hours somebody means by `weekday 22:00-06:00`, `mon,wed 9-12` or `weekend`; nothing when they mean none. */
export function parseWeeklyHours(typed: string): Omit<WeeklyHours, 'zone'> | undefined {
  const text = typed
    .trim()
    .toLowerCase()
    .replace(/^every\s+/, '');
  const [, named = '', hours = ''] =
    /^((?:[a-z]+(?:-[a-z]+)?[,\s]*)*?)(?:\s*\b(?:from|at)\b)?\s*(\d.*)?$/.exec(text) ?? [];
  const words = named.split(/[\s,]+|\band\b/).filter(Boolean);
  const found = words.map(parseDays);
  const span = hours ? parseHours(hours) : { from: '00:00', to: '00:00' };
  if (!span || found.includes(undefined) || (!words.length && !hours)) return undefined;
  const chosen = new Set(found.flatMap((days) => days ?? []));
  const days = weekdays.filter((day) => chosen.has(day));
  return { ...(days.length > 0 && days.length < 7 && { days }), ...span };
}

/** Whether they leave no moment of the week out. */
export function isAlways({ days, from, to }: Pick<WeeklyHours, 'days' | 'from' | 'to'>): boolean {
  return from === to && days === undefined;
}

/** `every weekday 22:00–06:00 (Europe/Berlin)`. */
export function describeHours({ days, from, to, zone }: WeeklyHours): string {
  return `every ${describeDays(days)}${from === to ? (from === '00:00' ? '' : ` from ${from}, for 24 hours`) : ` ${from}–${to}`} (${zone})`;
}

function describeDays(days: WeeklyHours['days']): string {
  const same = (group: readonly Weekday[] = []) =>
    days?.length === group.length && group.every((day) => days.includes(day));
  if (!days || same(weekdays)) return 'day';
  if (same(GROUPS.weekday)) return 'weekday';
  if (same(GROUPS.weekend)) return 'weekend';
  const names = days.map((day) => `${day.charAt(0).toUpperCase()}${day.slice(1)}`);
  return names.join(', ');
}

/** Minutes since midnight of `22:05`. */
export function toMinutes(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
}
