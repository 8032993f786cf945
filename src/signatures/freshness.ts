import { refused, type Verdict } from '../core/provider/signature.ts';
import { describeDuration } from '../core/text/duration.ts';

/** Adds the age to a good verdict, or refuses it when its time is too far from the receipt, in the past or the future. */
export function whileFresh(
  verdict: Verdict,
  {
    signedAt,
    receivedAt,
    tolerance,
  }: { readonly signedAt: Date; readonly receivedAt: Date; readonly tolerance: number },
): Verdict {
  if (!verdict.ok) return verdict;
  const age = (receivedAt.getTime() - signedAt.getTime()) / 1000;
  const late = { fault: 'time', age, ...(verdict.secret !== undefined && { secret: verdict.secret }) } as const;
  if (age > tolerance)
    return {
      ...late,
      ...refused(
        `signed ${Math.ceil(age)} s ago, ${tolerance} s are allowed: unless it was held up on its way, the sender's clock or ours is ${off(age)} off`,
      ),
    };
  if (-age > tolerance)
    return {
      ...late,
      ...refused(
        `signed ${Math.ceil(-age)} s in the future, ${tolerance} s are allowed: the sender's clock or ours is ${off(-age)} off`,
      ),
    };
  return { ...verdict, age: Math.max(0, age) };
}

const MINUTE = 60;

function off(seconds: number): string {
  const exact = seconds < 2 * MINUTE;
  return describeDuration((exact ? Math.round(seconds) : Math.round(seconds / MINUTE) * MINUTE) * 1000);
}

/** Whole seconds or milliseconds since 1970, whichever of the two a number must be, or a date as ISO 8601 or HTTP write it. */
export type TimeUnit = 'seconds' | 'milliseconds' | 'either' | 'iso' | 'http';

/** A moment as a sender writes it; nothing for any other text. A date without a zone is in UTC. */
export function parseMoment(text: string | undefined, unit: TimeUnit): Date | undefined {
  if (!text) return undefined;
  const moment = unit === 'iso' ? parseIso(text) : unit === 'http' ? parseHttp(text) : parseNumber(text, unit);
  return moment && !Number.isNaN(moment.getTime()) ? moment : undefined;
}

/** The moment as a sender would write it. */
export function formatMoment(moment: Date, unit: TimeUnit): string {
  if (unit === 'iso') return moment.toISOString();
  if (unit === 'http') return moment.toUTCString();
  return unit === 'milliseconds' ? String(moment.getTime()) : toSeconds(moment);
}

/** What a moment in this unit is, for a reason. */
export function describeUnit(unit: TimeUnit): string {
  return UNITS[unit];
}

const UNITS: Readonly<Record<TimeUnit, string>> = {
  seconds: 'a number of seconds',
  milliseconds: 'a number of milliseconds',
  either: 'a number of seconds or milliseconds',
  iso: 'a date in ISO 8601',
  http: 'a date as HTTP writes it',
};

/** The moment as whole seconds since 1970. */
export function toSeconds(moment: Date): string {
  return String(Math.floor(moment.getTime() / 1000));
}

/** Later than this many seconds since 1970 is meant in milliseconds. */
const SECONDS_END = 100_000_000_000;

function parseNumber(text: string, unit: 'seconds' | 'milliseconds' | 'either'): Date | undefined {
  if (!/^\d{1,15}$/.test(text)) return undefined;
  const number = Number(text);
  const inSeconds = unit === 'either' ? number < SECONDS_END : unit === 'seconds';
  return new Date(number * (inSeconds ? 1000 : 1));
}

const ISO = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/;

function parseIso(text: string): Date | undefined {
  const [, whole, fraction = '', zone = 'Z'] = ISO.exec(text) ?? [];
  const colon = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  return whole === undefined ? undefined : new Date(`${whole.replace(' ', 'T')}${fraction.slice(0, 4)}${colon}`);
}

function parseHttp(text: string): Date | undefined {
  return /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text) ? new Date(text) : undefined;
}
