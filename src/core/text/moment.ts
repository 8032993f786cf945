const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

const YEAR_FIRST = /^\d{4}-\d\d-\d\d(?:[T ]|$)/;
/** ISO 8601 without its separators: `20261127T103000+0100`. */
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;
/** `20261127103000`, with or without the seconds. */
const DIGITS = /^(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])([0-5]\d)([0-5]\d)?$/;
/** The form of e-mail, of `Date.toString()` and of `Feb 1, 2024, 1:58:13 AM`. */
const WORDED = /^(?:[A-Z][a-z]{2,8},? )?(?:\d{1,2} [A-Z][a-z]{2,8},?|[A-Z][a-z]{2,8} \d{1,2},?) \d{4}\b/;
const ZONE = /(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})(?: \([A-Za-z ]+\))?$/;
const WRAPPED = /^\/Date\((\d{9,16})(?:[+-]\d{4})?\)\/$/;

/**
 * A moment as ISO 8601, from a date written out or from seconds, milliseconds, micro- or nanoseconds since 1970; nothing
 * for anything else, and nothing for dates that stand for none, such as `0001-01-01`.
 */
export function toMoment(value: unknown): string | undefined {
  const text = textOf(value);
  if (text.length < 9 || text.length > 80) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) return ofDigits(text);
  // Only years first, or months by name: the order of day and month in other spellings is a guess.
  const dated = text.replace(BASIC, '$1-$2-$3T$4:$5:$6$7');
  if (YEAR_FIRST.test(dated)) return toIso(Date.parse(withZone(dated)));
  if (WORDED.test(text))
    return toIso(Date.parse(ZONE.test(text) ? text.replace(/ \([A-Za-z ]+\)$/, '') : `${text} UTC`));
  return toIso(Number(WRAPPED.exec(text)?.[1]));
}

function textOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return typeof value === 'string' ? value.trim() : '';
}

/** The number of digits shows the unit: seconds have ten, milliseconds thirteen, and so on. */
function ofDigits(text: string): string | undefined {
  const [whole = '', fraction] = text.split('.');
  if (whole.length <= 10) return toIso(Number(text) * 1000);
  const date = fraction === undefined ? DIGITS.exec(whole) : null;
  if (date) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = date
      .slice(1)
      .map((part) => Number(part ?? 0));
    return toIso(Date.UTC(year, month - 1, day, hour, minute, second));
  }
  const places = [13, 16, 19].find((length) => length === whole.length);
  return places === undefined ? undefined : toIso(Number(whole.slice(0, 13)));
}

function withZone(text: string): string {
  if (/T.*Z$/.test(text)) return text;
  return text
    .replace(/Z? UTC$/, 'Z')
    .replace(/^(\S+) (?=\d)/, '$1T')
    .replace(/ ([+-]\d\d:?\d\d)$/, '$1')
    .replace(/(T[\d:.]+)$/, '$1Z');
}

function toIso(milliseconds: number): string | undefined {
  return milliseconds > EARLIEST && milliseconds < LATEST ? new Date(milliseconds).toISOString() : undefined;
}
