import { offsetOf } from '../text/time-zone.ts';

const EXACT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;
const LONGEST = 100;
const MINUTE = 60_000;

export interface SpokenMoment {
  readonly at: Date;
  /** Whether it is another moment in another time zone: `9am` is, `in 2 hours` is not. */
  readonly zoned: boolean;
}

/**
 * The moment somebody means by `14:00`, `tomorrow 9am` or an ISO 8601 time, on the clock of their zone (an IANA name; UTC
 * when left out). What could be past or future is future. Nothing when it is not a moment.
 */
export async function parseSpokenMoment(text: string, now: Date, timeZone = 'UTC'): Promise<SpokenMoment | undefined> {
  const typed = text.trim();
  if (EXACT.test(typed)) return valid(new Date(typed), false);
  if (typed.length > LONGEST) return undefined;
  // The parser takes fifteen megabytes that most installations never need.
  const { parse } = await import('chrono-node/en');
  const offset = offsetOf(timeZone, now);
  const [found] = parse(typed, { instant: now, timezone: offset }, { forwardDate: true });
  if (found?.text.length !== typed.length) return undefined;
  const at = found.date();
  if (found.start.isCertain('timezoneOffset')) return valid(at, false);
  // The clocks may be put forward or back before then.
  const moved = Number.isNaN(at.getTime()) ? 0 : offsetOf(timeZone, at) - offset;
  return valid(new Date(at.getTime() - moved * MINUTE), true);
}

function valid(at: Date, zoned: boolean): SpokenMoment | undefined {
  return Number.isNaN(at.getTime()) ? undefined : { at, zoned };
}
