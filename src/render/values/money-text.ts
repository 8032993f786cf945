const formats = new Map<string, Intl.NumberFormat>();

/** Currencies whose smallest unit is not a hundredth, as payment services count them. */
const NO_CENTS = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
const THREE_DIGITS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

/** An amount in the smallest unit of its currency, such as 1999 and `usd`: `$19.99`. Yen and its like have no smaller unit. */
export function moneyText(minorUnits: number, currency: string): string {
  const code = currency.trim().toUpperCase();
  return amountText(minorUnits / 10 ** digitsOf(code), code);
}

/** An amount in the currency itself: 19.99 and `usd` is `$19.99`. */
export function amountText(amount: number, currency: string): string {
  const code = currency.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) return `${amount.toLocaleString('en-US', { minimumFractionDigits: 2 })} ${code}`.trim();
  return formatOf(code).format(amount);
}

function digitsOf(code: string): number {
  if (NO_CENTS.has(code)) return 0;
  return THREE_DIGITS.has(code) ? 3 : 2;
}

function formatOf(code: string): Intl.NumberFormat {
  const known = formats.get(code);
  if (known) return known;
  const digits = digitsOf(code);
  const format = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: code,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // There are fewer currencies than that; what comes after is somebody's joke.
  if (formats.size < 256) formats.set(code, format);
  return format;
}
