const natural = new Intl.Collator('en', { numeric: true });

/** Compares names as people order them: `team-2` before `team-10`. No two names are equal that differ. */
export function inNaturalOrder(one: string, other: string): number {
  return natural.compare(one, other) || Number(one > other) - Number(one < other);
}
