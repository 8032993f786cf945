const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const small = new Intl.NumberFormat('en-US', {
  maximumSignificantDigits: 3,
  useGrouping: false,
  maximumFractionDigits: 20,
});
const short = /^-?\d{1,6}(?:\.\d{1,3})?$/;

/**
 * A number as people write it: whole ones with all their digits, others with as many as tell something. 41.839999999999996
 * is 41.84, 0.00042 stays, and there is never an exponent.
 */
export function numberText(value: number | bigint, { group = true } = {}): string {
  if (typeof value === 'bigint') return String(value);
  if (!Number.isFinite(value)) return '';
  if (Number.isInteger(value))
    return group && Math.abs(value) >= 10_000 && Number.isSafeInteger(value)
      ? grouped.format(value)
      : BigInt(value).toString();
  const plain = String(value);
  if (short.test(plain)) return plain;
  return Math.abs(value) < 1 ? small.format(value) : grouped.format(value);
}
