/** Hours of every day in which somebody wants no ping, such as 22:00 to 07:00 in their own time zone. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
  /** IANA. */
  readonly zone: string;
}

const HOURS = /^\s*(\d{1,2})(?::(\d\d))?\s*(?:-|–|to)\s*(\d{1,2})(?::(\d\d))?\s*$/;

/** The hours somebody means by `22:00-07:00` or `22-7`; nothing where they are none, or never end. */
export function parseHours(text: string): Pick<QuietHours, 'from' | 'to'> | undefined {
  const [, fromHour, fromMinute = '00', toHour, toMinute = '00'] = HOURS.exec(text) ?? [];
  const [from, to] = [toClock(fromHour, fromMinute), toClock(toHour, toMinute)];
  return from === undefined || to === undefined || from === to ? undefined : { from, to };
}

function toClock(hour: string | undefined, minute: string): string | undefined {
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${hour.padStart(2, '0')}:${minute}`;
}

/** Whether a moment lies in somebody's quiet hours, which may go past midnight. */
export function isQuiet({ from, to, zone }: QuietHours, now: Date): boolean {
  const clock = clockIn(zone, now);
  return from < to ? clock >= from && clock < to : clock >= from || clock < to;
}

/** `07:05`, as the clocks of a time zone show it. */
function clockIn(timeZone: string, now: Date): string {
  const format = new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${parts.get('hour')}:${parts.get('minute')}`;
}
