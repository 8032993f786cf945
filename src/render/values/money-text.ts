const formats = new Map<string, Intl.NumberFormat>();

/** An amount in the smallest unit of its currency, such as 1999 and `usd`: `$19.99`. Yen and its like have no smaller unit. */
export function moneyText(minorUnits: number, currency: string): string {
  const code = currency.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(code))
    return `${(minorUnits / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })} ${code}`.trim();
  const format = formatOf(code);
  return format.format(minorUnits / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

function formatOf(code: string): Intl.NumberFormat {
  const known = formats.get(code);
  if (known) return known;
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency: code });
  // There are fewer currencies than that; what comes after is somebody's joke.
  if (formats.size < 256) formats.set(code, format);
  return format;
}
