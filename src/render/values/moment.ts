import { toMoment } from '../../core/text/moment.ts';

/** The moment a value names: ISO 8601 (UTC when it names no zone), an e-mail date, or Unix time. */
export function parseMoment(value: unknown): Date | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value;
  const moment = toMoment(value);
  return moment === undefined ? undefined : new Date(moment);
}
