const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const UNITS = [
  { size: 7 * DAY, short: 'w', word: 'week' },
  { size: DAY, short: 'd', word: 'day' },
  { size: HOUR, short: 'h', word: 'hour' },
  { size: MINUTE, short: 'm', word: 'minute' },
  { size: SECOND, short: 's', word: 'second' },
] as const;

const PART = /(\d+(?:\.\d+)?|an?)\s*(weeks?|wks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])/gy;
const LONGEST = 100 * 365 * DAY;

/** Milliseconds of `90s`, `30m`, `1h30m`, `2 hours` or `an hour and 10 minutes`; nothing when it is not a duration. */
export function parseDuration(text: string): number | undefined {
  const typed = text.trim().toLowerCase();
  if (typed.length > 60) return undefined;
  let total = 0;
  let end = 0;
  PART.lastIndex = 0;
  for (let part = PART.exec(typed); part; part = PART.exec(typed)) {
    const [, amount = '', unit = ''] = part;
    total += (amount.startsWith('a') ? 1 : Number(amount)) * sizeOf(unit);
    end = PART.lastIndex + (/^(?:\s*,\s*|\s+and\s+|\s*)/.exec(typed.slice(PART.lastIndex))?.[0].length ?? 0);
    PART.lastIndex = end;
  }
  return end > 0 && end === typed.length && total <= LONGEST ? Math.round(total) : undefined;
}

function sizeOf(unit: string): number {
  return UNITS.find(({ short }) => unit.startsWith(short))?.size ?? 0;
}

/** How often, as people read it: `every hour`, `every 30 minutes`. */
export function describeInterval(milliseconds: number): string {
  return `every ${describeDuration(milliseconds).replace(/^1 (?=\w+$)/, '')}`;
}

/** A duration as people read it: `2 hours`, `1 hour 30 minutes`, `30 days`, `12 ms`. At most the two largest units that count, and weeks only where they are whole. */
export function describeDuration(milliseconds: number): string {
  if (milliseconds < SECOND) return `${Math.max(0, Math.round(milliseconds))} ms`;
  const parts: string[] = [];
  let rest = Math.round(milliseconds / SECOND) * SECOND;
  for (const { size, word } of UNITS) {
    const amount = size > DAY && rest % size > 0 ? 0 : Math.floor(rest / size);
    rest -= amount * size;
    if (amount) parts.push(`${amount} ${word}${amount === 1 ? '' : 's'}`);
    else if (parts.length) break;
  }
  return parts.slice(0, 2).join(' ');
}
