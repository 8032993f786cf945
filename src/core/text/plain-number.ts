/** A number as text: a whole one with all its digits and never with an exponent, any other without the rounding errors of binary fractions. */
export function plainNumber(value: number | bigint): string {
  if (typeof value === 'bigint') return String(value);
  return Number.isInteger(value) ? String(BigInt(value)) : String(Number(value.toPrecision(15)));
}
