import { toMoment } from '../../core/text/moment.ts';

const WORDED = /^(?:[A-Z][a-z]{2,8},? )?(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8} \d{1,2},?) \d{4}\b/;
const ZONE = /(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})(?: \([A-Za-z ]+\))?$/;

/** The moment a value names: ISO 8601 (UTC when it names no zone), an e-mail date, or Unix time. */
export function parseMoment(value: unknown): Date | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value;
  const moment = toMoment(value) ?? toMoment(wordedDate(value));
  return moment === undefined ? undefined : new Date(moment);
}

/** The form of e-mail and of `Date.toString()`, as Unix milliseconds. */
function wordedDate(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 80 || !WORDED.test(value)) return undefined;
  return Date.parse(ZONE.test(value) ? value.replace(/ \([A-Za-z ]+\)$/, '') : `${value} UTC`);
}
