const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** `about every 5 minutes`. */
export function describeRhythm(every: number): string {
  const [unit, length] = UNITS.find(([, size]) => every >= size) ?? (['second', 1_000] as const);
  const count = Math.round(every / length);
  return count <= 1 ? `about every ${unit}` : `about every ${count} ${unit}s`;
}
