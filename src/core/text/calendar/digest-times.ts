import { parseDays, toMinutes, type Weekday, weekdays } from './weekly-hours.ts';
import { momentOf, offsetAt, wallTimeAt, weekdayOf } from './zone-clock.ts';

/** When a digest is due: every whole hour, every day at a time, or once a week. */
export interface DigestTimes {
  readonly every: 'hour' | 'day' | 'week';
  /** The time of day; absent where it is every hour. */
  readonly at?: string;
  /** The day of the week, where it is every week. */
  readonly day?: Weekday;
  /** IANA. */
  readonly zone: string;
}

const HOUR = 3_600_000;
const USUAL = '09:00';

/** The last moment, in milliseconds, at which a digest was due: at the latest now. */
export function lastDigestTime({ every, at = USUAL, day: weekday, zone }: DigestTimes, now: number): number {
  const offset = offsetAt(zone, now);
  if (every === 'hour') return Math.floor((now + offset) / HOUR) * HOUR - offset;
  const minute = toMinutes(at);
  const { day: today } = wallTimeAt(zone, now);
  const wanted = every === 'week' ? weekdays.indexOf(weekday ?? 'mon') : undefined;
  for (let day = today; ; day--) {
    if (wanted !== undefined && weekdayOf(day) !== wanted) continue;
    const moment = momentOf(zone, { day, minute });
    if (moment <= now) return moment;
  }
}

/** The times somebody means by `daily 9:00`, `weekly mon 9:00` or `hourly`; nothing when they mean none. */
export function parseDigestTimes(typed: string): Omit<DigestTimes, 'zone'> | undefined {
  const words = typed
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== 'at' && word !== 'on' && word !== 'every');
  const [kind = '', ...rest] = words;
  if (/^hour(?:ly)?$/.test(kind)) return rest.length ? undefined : { every: 'hour' };
  const at = rest.length ? parseClock(rest.at(-1) ?? '') : undefined;
  const named = at === undefined ? rest : rest.slice(0, -1);
  if (/^(?:daily|day)$/.test(kind)) return named.length ? undefined : { every: 'day', at: at ?? USUAL };
  if (!/^week(?:ly)?$/.test(kind) || named.length > 1) return undefined;
  const days = named[0] === undefined ? (['mon'] as const) : parseDays(named[0]);
  const [day] = days ?? [];
  return day && days?.length === 1 ? { every: 'week', day, at: at ?? USUAL } : undefined;
}

/** `09:00` of `9`, `9:00`, `9am` or `5:30pm`. */
function parseClock(text: string): string | undefined {
  const [, hours, minutes = '00', half] = /^(\d{1,2})(?::(\d\d))?(am|pm)?$/.exec(text) ?? [];
  if (hours === undefined || Number(minutes) > 59) return undefined;
  const hour = half ? (Number(hours) % 12) + (half === 'pm' ? 12 : 0) : Number(hours);
  const isClock = half ? Number(hours) >= 1 && Number(hours) <= 12 : hour <= 23;
  return isClock ? `${String(hour).padStart(2, '0')}:${minutes}` : undefined;
}

/** `daily at 09:00 (Europe/Berlin)`. */
export function describeDigestTimes({ every, at = USUAL, day = 'mon', zone }: DigestTimes): string {
  if (every === 'hour') return `hourly (${zone})`;
  if (every === 'day') return `daily at ${at} (${zone})`;
  return `weekly, ${day.charAt(0).toUpperCase()}${day.slice(1)} at ${at} (${zone})`;
}
