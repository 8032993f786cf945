import { isTimeZone } from '../../core/text/time-zone.ts';
import { parseMoment } from './moment.ts';
import { plainText } from './text.ts';

/** A day without a time is the same day in every zone. */
const DAY = /^\s*\d{4}-\d\d-\d\d\s*$/;
/** More zones than a template needs; more can only come from hostile input. */
const KEPT = 200;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A moment as `2 Jan 2026`, or with the time as `2 Jan 2026, 03:04 UTC`; nothing for a value that is not a moment. An unknown zone is UTC. */
export function dateText(
  value: unknown,
  { zone, clock }: { readonly zone: string; readonly clock: boolean },
): string | undefined {
  const moment = parseMoment(value);
  if (!moment) return undefined;
  const day = DAY.test(plainText(value));
  return formatter(day ? 'UTC' : zone, clock && !day).format(moment);
}

function formatter(zone: string, clock: boolean): Intl.DateTimeFormat {
  const key = `${zone} ${clock}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(clock && { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }),
    timeZone: zone !== '' && isTimeZone(zone) ? zone : 'UTC',
  });
  if (formatters.size < KEPT) formatters.set(key, made);
  return made;
}
