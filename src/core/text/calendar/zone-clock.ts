/** A day of the calendar, and a time on it in minutes since midnight, as the clocks of a time zone show them. */
export interface WallTime {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly minute: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Formats that are kept ready: a text may name a time zone that nobody else uses. */
const KEPT = 500;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a time zone show at a moment, in milliseconds. */
export function wallTimeAt(zone: string, moment: number): WallTime {
  const shown = moment + offsetAt(zone, moment);
  const day = Math.floor(shown / DAY);
  return { day, minute: Math.floor((shown - day * DAY) / MINUTE) };
}

/**
 * The first moment, in milliseconds, at which the clocks of a time zone have reached a time. A time that they skip when they
 * are put forward is reached at that very moment; one that they show twice counts the first time.
 */
export function momentOf(zone: string, { day, minute }: WallTime): number {
  const wanted = day * DAY + minute * MINUTE;
  const [before, after] = [offsetAt(zone, wanted - DAY), offsetAt(zone, wanted + DAY)];
  for (const offset of [before, after]) if (offsetAt(zone, wanted - offset) === offset) return wanted - offset;
  // Skipped: somewhere between these two moments the clocks were put forward.
  let [low, high] = [wanted - after, wanted - before];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** The day of the week: 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** How far a time zone is ahead of UTC at a moment, in milliseconds. */
export function offsetAt(zone: string, moment: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(moment)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment / 1000) * 1000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const numeric = 'numeric';
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601', {
    timeZone,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  if (formats.size >= KEPT) formats.clear();
  formats.set(timeZone, format);
  return format;
}
