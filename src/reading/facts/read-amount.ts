import type { Branch, Leaf } from '../payload/walk.ts';

/** Money: how much, in which currency, and whether it is counted in the smallest unit of it. */
export interface Amount {
  readonly value: number | bigint;
  readonly currency: string | undefined;
  readonly minor: boolean;
}

const MONEY =
  /(?:^|_)(?:amount|total|subtotal|price|cost|fee|fees|balance|revenue|mrr|arr|tax|discount|gross|net|sum|payout|refund|spend|spending|paid|due|value|charge)(?:_(?:paid|due|refunded|captured|received|cents?|minor|money|set|total|in_cents|amount|value|price|excl_tax|incl_tax))*$/;
export const CENTS = /_(?:cents?|minor|in_cents|minor_units?)$/;
const CURRENCY = /^(?:[a-z]+_)?currency(?:_code|_iso|_id)?$|^iso_currency_code$/;
/** Services that move money count in the smallest unit; people who write scripts do not. */
const PAYMENTS =
  /\b(?:payment|charge|invoice|transaction|payout|refund|subscription|checkout|authori[sz]ation|capture|dispute|chargeback|transfer|order|donation|contribution|billing|settlement)s?\b/;

/** The amount of money a value is, where its name and a currency beside it say so. */
export function readAmount({ name, value, owner }: Leaf, typeWords: readonly string[]): Amount | undefined {
  const money = MONEY.test(name) || ((name === 'value' || name === 'amount') && MONEY.test(owner.name));
  const number = money ? toNumber(value) : undefined;
  if (number === undefined) return undefined;
  const cents = CENTS.test(name) || CENTS.test(owner.name);
  if (Number(number) === 0 && /balance|discount|tax|fee|credit/.test(name)) return undefined;
  const currency = currencyOf(owner);
  if (currency === undefined) return cents ? { value: number, currency, minor: true } : undefined;
  const words = [...typeWords, ...owner.path].join(' ').replaceAll('_', ' ').toLowerCase();
  const whole = /^-?\d+$/.test(String(value).trim());
  const object = name === 'value' && owner.name === 'amount';
  const minor =
    cents ||
    isHundredfold(number, owner) ||
    (whole && !hasDecimals(owner) && (object || (PAYMENTS.test(words) && isOfService(value, owner, currency))));
  return { value: number, currency: currency.toUpperCase(), minor };
}

/** Names and spellings that services use, and hardly anybody who writes a script. */
const OF_SERVICES =
  /^(?:livemode|psp_reference|captured|unit_amount|application_fee\w*|amount_(?:due|paid|captured|capturable|refunded|total|subtotal|remaining|received|shipping))$/;

/** Whether a whole amount looks like one that a service counts: as text, in a currency in small letters, or with odd cents. */
function isOfService(value: Leaf['value'], { leaves }: Branch, currency: string): boolean {
  return (
    typeof value === 'string' ||
    currency === currency.toLowerCase() ||
    leaves.some(({ name }) => OF_SERVICES.test(name)) ||
    (Number(value) >= 1000 && Number(value) % 100 !== 0)
  );
}

export function isCurrencyName(name: string): boolean {
  return CURRENCY.test(name);
}

function currencyOf(place: Branch): string | undefined {
  for (let branch: Branch | undefined = place; branch; branch = branch.owner) {
    const near = branch.leaves.find(
      ({ name, value }) => CURRENCY.test(name) && typeof value === 'string' && /^[A-Za-z]{3}$/.test(value),
    );
    if (near) return String(near.value);
  }
  return undefined;
}

/** Whether the sender writes the same amount beside it for people: 100 and `€1.00`. */
function isHundredfold(number: number | bigint, { leaves }: Branch): boolean {
  return leaves.some(
    ({ name, value }) =>
      /(?:^|_)(?:formatted|display)(?:_|$)/.test(name) &&
      typeof value === 'string' &&
      Number(value.replace(/[^\d.]/g, '')) * 100 === Number(number),
  );
}

/** Where one amount has digits behind its point, none is counted in cents. */
function hasDecimals(owner: Branch): boolean {
  return owner.leaves.some(({ name, value }) => MONEY.test(name) && /^-?\d+\.\d{1,3}$/.test(String(value)));
}

function toNumber(value: Leaf['value']): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^-?\d{1,12}(?:\.\d{1,4})?$/.test(text)) return Number(text);
  // As people write it: 1,234.50 and 1.234,50.
  if (/^-?\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?$/.test(text)) return Number(text.replaceAll(',', ''));
  if (/^-?\d{1,3}(?:\.\d{3})*,\d{1,2}$/.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'));
  return undefined;
}
