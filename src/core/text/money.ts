/** Digits after the point in a currency's smallest unit, by its code in capitals. */
export type MinorUnits = Readonly<Record<string, number>>;

// https://www.six-group.com/en/products-services/financial-information/market-reference-data/data-standards.html#iso4217
const ISO: MinorUnits = {
  ...withDigits(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...withDigits(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...withDigits(4, 'CLF UYW'),
};
const USUAL = 2;
/** Prices of a fraction of a cent have a few more. */
const DIGITS_LIMIT = 12;

/**
 * An amount in the smallest unit of its currency, such as 1999 and `usd`: `$19.99`. Yen and its like have no smaller unit.
 * `own` is where the sender counts otherwise than ISO 4217.
 */
export function moneyText(amount: number | bigint | string, currency: string, own: MinorUnits = {}): string {
  const code = currency.trim().toUpperCase();
  const places = own[code] ?? isoDigits(code);
  const decimal = plainDecimal(amount);
  return decimal === undefined ? `${amount} ${code}`.trim() : format(shifted(decimal, places), code, places);
}

/** An amount in whole units of its currency, such as `19.99` and `usd`: `$19.99`. */
export function priceText(amount: number | bigint | string, currency: string): string {
  const code = currency.trim().toUpperCase();
  const decimal = plainDecimal(amount);
  return decimal === undefined ? `${amount} ${code}`.trim() : format(decimal, code, isoDigits(code));
}

function isoDigits(code: string): number {
  return Object.hasOwn(ISO, code) ? (ISO[code] ?? USUAL) : USUAL;
}

/** People write no digits where a currency has none, and all of them otherwise: `ISK 5`, but `HUF 10.50`. */
function format(decimal: string, code: string, places: number): string {
  const given = (decimal.split('.')[1] ?? '').replace(/0+$/, '').length;
  const least = Math.min(places, isoDigits(code));
  const shown = given > least ? Math.min(Math.max(places, given), DIGITS_LIMIT) : least;
  const known = /^[A-Z]{3}$/.test(code);
  const text = formatter(known ? code : '', shown).format(
    decimal as `${number}`, // `plainDecimal` made it; as text, numbers of any length keep their digits.
  );
  return known ? text : `${text} ${code}`.trim();
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(code: string, digits: number): Intl.NumberFormat {
  const key = `${code} ${digits}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat('en-US', {
    ...(code && { style: 'currency', currency: code }),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // There are fewer currencies than this; more can only come from hostile input.
  if (formatters.size < 1_000) formatters.set(key, made);
  return made;
}

/** The number without an exponent, and without the rounding errors of binary fractions; nothing for any other text. */
function plainDecimal(amount: number | bigint | string): string | undefined {
  const text = String(typeof amount === 'number' ? Number(amount.toPrecision(15)) : amount).trim();
  if (/^-?\d{1,60}(?:\.\d{1,60})?$/.test(text)) return text;
  const number = text === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) return undefined;
  return Number.isInteger(number) ? String(BigInt(number)) : number.toFixed(DIGITS_LIMIT);
}

/** The decimal point moved to the left. */
function shifted(decimal: string, places: number): string {
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.');
  const figures = whole.padStart(places + 1, '0');
  const point = figures.length - places;
  return `${decimal.startsWith('-') ? '-' : ''}${figures.slice(0, point)}.${figures.slice(point)}${fraction}`;
}

function withDigits(count: number, codes: string): MinorUnits {
  return Object.fromEntries(codes.split(' ').map((code) => [code, count]));
}
