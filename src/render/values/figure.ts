import { toNumeral } from './values.ts';

/** A number to reckon with. Whole ones keep their digits, up to a length that nothing real has. */
export type Figure = number | bigint;

const LONGEST = 10n ** 60n;

/** A number, or text that is one; nothing for anything else. */
export function toFigure(value: unknown): Figure | undefined {
  const numeral = toNumeral(value);
  if (numeral === undefined || typeof numeral === 'number') return numeral;
  return fitting(BigInt(numeral));
}

/** What comes of two numbers, exact where both are whole. */
export function reckon(
  a: Figure,
  b: Figure,
  { exact, near }: { exact(a: bigint, b: bigint): bigint; near(a: number, b: number): number },
): Figure {
  if (isWhole(a) && isWhole(b)) return fitting(exact(BigInt(a), BigInt(b)));
  return withoutDust(near(Number(a), Number(b)));
}

/** A number without the rounding errors of binary fractions: 0.1 and 0.2 are 0.3. */
export function withoutDust(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(15)) : value;
}

/** Many figures as one, from left to right; nothing where one is not a number. */
export function reckonAll(
  values: readonly unknown[],
  how: { exact(a: bigint, b: bigint): bigint; near(a: number, b: number): number },
): Figure | undefined {
  const figures = values.map(toFigure);
  let result: Figure | undefined;
  for (const figure of figures) {
    if (figure === undefined) return undefined;
    result = result === undefined ? figure : reckon(result, figure, how);
  }
  return result;
}

function isWhole(figure: Figure): boolean {
  return typeof figure === 'bigint' || Number.isSafeInteger(figure);
}

function fitting(whole: bigint): Figure {
  const near = Number(whole);
  if (Number.isSafeInteger(near)) return near;
  return whole < LONGEST && whole > -LONGEST ? whole : near;
}
