const OF_TRYING = ['try', 'confirm', 'version', 'days'];
/** The options whose numbers are lengths of time, in milliseconds. */
const DURATIONS = ['repeats', 'stale', 'for'];

/** Options as they would be typed, without those of trying. */
export function toTyped(options: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const given = Object.entries(options).filter(([name, value]) => value !== undefined && !OF_TRYING.includes(name));
  return Object.fromEntries(
    given.map(([name, value]) => [
      name,
      DURATIONS.includes(name) && typeof value === 'number' ? `${Math.round(value / 1000)}s` : String(value),
    ]),
  );
}
