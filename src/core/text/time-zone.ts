/** The names of all time zones, as the tz database has them. */
export function zoneNames(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')];
}

/** The time zone somebody means by its name, its city or its distance from UTC: `Europe/Berlin`, `berlin`, `+02:00`. Nothing when there is none. */
export function parseZone(text: string): string | undefined {
  const typed = text.trim().replace(/\s+/g, '_');
  try {
    return new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone;
  } catch {
    // A `RangeError` is how `Intl` says that it knows no such zone.
    const cities = zoneNames().filter((name) => name.toLowerCase().endsWith(`/${typed.toLowerCase()}`));
    return cities.length === 1 ? cities[0] : undefined;
  }
}

/** Minutes that a zone is ahead of UTC at a moment. */
export function offsetOf(timeZone: string, at: Date): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
