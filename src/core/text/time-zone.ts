import { nearest } from './nearest.ts';

const LONGEST = 60;

/** Whether a text names a time zone: an IANA name, or an offset such as `+02:00`. */
export function isTimeZone(text: string): boolean {
  if (text.length > LONGEST) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** The time zone that somebody means by `Europe/Berlin`, `berlin` or `UTC+2`; nothing when it is none. */
export function findTimeZone(typed: string): string | undefined {
  const text = typed.trim();
  const offset = /^(?:utc|gmt)?\s*([+-−])\s*(\d{1,2})(?::?(\d\d))?$/i.exec(text);
  if (offset) {
    const [, sign = '+', hours = '', minutes = '00'] = offset;
    const zone = `${sign === '+' ? '+' : '-'}${hours.padStart(2, '0')}:${minutes}`;
    return isTimeZone(zone) ? zone : undefined;
  }
  const name = text.replace(/\s+/g, '_');
  const city = Intl.supportedValuesOf('timeZone').find((zone) => cityOf(zone) === name.toLowerCase());
  if (city) return city;
  return name !== '' && isTimeZone(name)
    ? new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
    : undefined;
}

/** The time zone whose name, or whose city, is nearest to what was typed; nothing when none is near. */
export function nearestTimeZone(typed: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone');
  const cities = new Map(zones.map((zone) => [cityOf(zone), zone]));
  const name = typed.trim().replace(/\s+/g, '_');
  return nearest(name, zones) ?? cities.get(nearest(name, cities.keys()) ?? '');
}

function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).toLowerCase();
}

/** The names of all time zones. */
export function timeZoneNames(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')];
}

/** Minutes that a time zone is ahead of UTC at a moment. */
export function offsetOf(timeZone: string, at: Date): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
