const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** A moment as ISO 8601, from a date written out or from seconds, milliseconds, micro- or nanoseconds since 1970; nothing for anything else. */
export function toMoment(value: unknown): string | undefined {
  const text =
    typeof value === 'number' || typeof value === 'bigint'
      ? String(value)
      : typeof value === 'string'
        ? value.trim()
        : '';
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return toIso(Number(text) * 1000);
  if (/^\d{12,19}$/.test(text)) return toIso(Number(text.slice(0, 13)));
  // Only years first: the order of day and month in other spellings is a guess.
  if (/^\d{4}-\d\d-\d\d([T ]|$)/.test(text) && text.length < 50) return toIso(Date.parse(withZone(text)));
  return undefined;
}

function withZone(text: string): string {
  if (/T.*Z$/.test(text)) return text;
  return text
    .replace(/ UTC$/, 'Z')
    .replace(/^(\S+) (?=\d)/, '$1T')
    .replace(/ ([+-]\d\d:?\d\d)$/, '$1')
    .replace(/(T[\d:.]+)$/, '$1Z');
}

function toIso(milliseconds: number): string | undefined {
  return milliseconds > EARLIEST && milliseconds < LATEST ? new Date(milliseconds).toISOString() : undefined;
}
