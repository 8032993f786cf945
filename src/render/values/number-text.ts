const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3, useGrouping: false });
const small = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/**
 * A number with separators and as many digits as a person reads: three after the point, and never 0 for what is not 0.
 * Numbers that name something are read without separators.
 */
export function numberText(value: number | bigint | string, { group = true } = {}): string {
  const number = Number(value);
  if (Number.isNaN(number)) return String(value);
  if (number !== 0 && Math.abs(number) < 0.1) return Math.abs(number) < 1e-9 ? String(number) : small.format(number);
  return (group ? grouped : plain).format(value as `${number}`); // As text, a number of any length keeps its digits.
}
