import type { Branch, Leaf } from '../payload/walk.ts';

/** Money: how much, in which currency, and whether it is counted in the smallest unit of it. */
export interface Amount {
  readonly value: number;
  readonly currency: string | undefined;
  readonly minor: boolean;
}

const MONEY =
  /(?:^|_)(?:amount|total|subtotal|price|cost|fee|fees|balance|revenue|mrr|arr|tax|discount|gross|net|sum|payout|refund|spend|spending|paid|due|value|charge)(?:_(?:paid|due|refunded|captured|received|cents?|minor|money|set|total|in_cents|amount|value|price|excl_tax|incl_tax))*$/;
const ONLY_MONEY = /(?:^|_)(?:amount|price|cost|revenue|mrr|balance|subtotal|total_price|grand_total)(?:_|$)/;
const CENTS = /_(?:cents?|minor|in_cents|minor_units?)$/;
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
  if (number === 0 && /balance|discount|tax|fee|credit/.test(name)) return undefined;
  const currency = currencyOf(owner);
  if (currency === undefined) return cents ? { value: number, currency, minor: true } : undefined;
  const told = [...typeWords, ...owner.path].join(' ').replaceAll('_', ' ').toLowerCase();
  const whole = Number.isInteger(number) && !String(value).includes('.');
  const minor =
    cents || (whole && (PAYMENTS.test(told) || (name === 'value' && owner.name === 'amount')) && !hasDecimals(owner));
  return { value: number, currency, minor };
}

/** Whether a name is that of money and of nothing else. */
export function isMoneyName(name: string): boolean {
  return ONLY_MONEY.test(name) || CENTS.test(name);
}

export function isCurrencyName(name: string): boolean {
  return CURRENCY.test(name);
}

function currencyOf(place: Branch): string | undefined {
  for (let branch: Branch | undefined = place; branch; branch = branch.owner) {
    const near = branch.leaves.find(
      ({ name, value }) => CURRENCY.test(name) && typeof value === 'string' && /^[A-Za-z]{3}$/.test(value),
    );
    if (near) return String(near.value).toUpperCase();
  }
  return undefined;
}

/** Where one amount has digits behind its point, none is counted in cents. */
function hasDecimals(owner: Branch): boolean {
  return owner.leaves.some(({ name, value }) => MONEY.test(name) && /^-?\d+\.\d{1,3}$/.test(String(value)));
}

function toNumber(value: Leaf['value']): number | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && /^-?\d{1,12}(?:\.\d{1,4})?$/.test(value.trim()) ? Number(value) : undefined;
}
