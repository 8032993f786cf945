const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** Seconds in the two largest units that matter: `2 h 5 min`, `3.4 s`, `120 ms`. */
export function durationText(seconds: number): string {
  const sign = seconds < 0 ? '-' : '';
  const length = Math.abs(seconds);
  if (length < 1) return length === 0 ? '0 s' : `${sign}${Math.max(1, Math.round(length * 1000))} ms`;
  if (length < 10) return `${sign}${Math.round(length * 10) / 10} s`;
  let rest = length >= 3_600 ? Math.round(length / 60) * 60 : Math.round(length);
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount) parts.push(`${amount.toLocaleString('en-US')} ${unit}`);
    else if (parts.length) break;
    if (parts.length === 2) break;
  }
  return sign + parts.join(' ');
}
