const EXACT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;
const LONGEST = 100;

/**
 * The moment somebody means by `14:00`, `tomorrow 9am` or an ISO 8601 time, on the clock of their zone (an IANA name; the
 * machine's own when it is not known). What could be past or future is future. Nothing when it is no moment.
 */
export async function parseMoment(text: string, now: Date, timeZone?: string): Promise<Date | undefined> {
  const typed = text.trim();
  if (EXACT.test(typed)) return valid(new Date(typed));
  if (typed.length > LONGEST) return undefined;
  // Fifteen megabytes of language that most installations never need.
  const { parse } = await import('chrono-node/en');
  const reference = { instant: now, ...(timeZone && { timezone: offsetOf(timeZone, now) }) };
  const [found] = parse(typed, reference, { forwardDate: true });
  return found?.text.length === typed.length ? valid(found.date()) : undefined;
}

/** Minutes that a zone is ahead of UTC at a moment. */
function offsetOf(timeZone: string, at: Date): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function valid(moment: Date): Date | undefined {
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
