const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A size in bytes as people say it: `1.5 kB`, `123 MB`. */
export function bytesText(size: number): string {
  const step = Math.min(Math.max(Math.floor(Math.log10(Math.abs(size) || 1) / 3), 0), UNITS.length - 1);
  const amount = size / 1000 ** step;
  return `${amount.toLocaleString('en-US', { maximumFractionDigits: Math.abs(amount) < 10 && step > 0 ? 2 : 0 })} ${UNITS[step]}`;
}
