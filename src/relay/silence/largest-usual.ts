/** Values that may be outages, so that they are not a measure of what is usual. */
const ODD = 3;
/** How likely one value of a month may be beyond what is called unlikely. */
const LIKELIHOOD = 1e-4;
/** The fewest of the largest values that their fall is read from. */
const FEWEST = 10;
/** The share of the values that may be called the largest. */
const LARGEST = 0.1;

/** The first of falling values that is not an odd one: a few may be more than twice as large as all others. */
export function largestUsual(falling: readonly number[]): number {
  return falling[countOdd(falling)] ?? 0;
}

/**
 * A value that one of as many new values exceeds once in ten thousand times. The largest are taken to thin out as waiting times
 * do, each next step as likely as the one before: how fast is read from several numbers of them, and the slowest counts, so
 * that long pauses between bursts are not lost among the short ones within.
 */
export function unlikely(falling: readonly number[]): number {
  const usual = falling.slice(countOdd(falling));
  let most = 0;
  for (let count = FEWEST; count <= Math.max(FEWEST, usual.length * LARGEST); count *= 2) {
    const limit = usual[count] ?? 0;
    const excess = usual.slice(0, count).reduce((sum, value) => sum + value - limit, 0) / count;
    const uncertain = excess * (1 + 1 / Math.sqrt(count));
    most = Math.max(most, limit + uncertain * Math.log(count / LIKELIHOOD));
  }
  return most;
}

function countOdd(falling: readonly number[]): number {
  let odd = 0;
  for (let index = 0; index < ODD; index++)
    if ((falling[index] ?? 0) > 2 * (falling[index + 1] ?? Number.POSITIVE_INFINITY)) odd = index + 1;
  return odd;
}
