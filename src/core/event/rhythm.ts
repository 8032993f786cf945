/** Moments that are enough to say how often something happens. */
const FEWEST = 3;

/** How long it usually is from one moment to the next, in milliseconds; nothing where there are too few of them. */
export function toRhythm(moments: readonly Date[]): number | undefined {
  if (moments.length < FEWEST) return undefined;
  const times = moments.map((moment) => moment.getTime()).toSorted((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)];
}
