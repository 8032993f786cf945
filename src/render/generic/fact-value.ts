import { escapeMarkdown, type Markdown, momentMarkdown } from '../../core/message/message.ts';
import { maskText } from '../../core/text/mask-secrets.ts';
import { moneyText, priceText } from '../../core/text/money.ts';
import type { Amount } from '../../reading/facts/read-amount.ts';
import type { Fact } from '../../reading/facts/read-facts.ts';
import { PLACES, THINGS } from '../../reading/vocabulary.ts';
import { isTelling, toPlainTerm } from '../../reading/words.ts';
import { bytesText } from '../values/bytes-text.ts';
import { durationText } from '../values/duration-text.ts';
import { parseMoment } from '../values/moment.ts';
import { numberText } from '../values/number-text.ts';
import { parseClock, secondsPer } from '../values/parse-duration.ts';

export interface FactValue {
  readonly text: string;
  readonly markdown: Markdown;
}

const VALUE_LIMIT = 120;
const LIST_LIMIT = 6;
const YEAR = 366 * 86_400;
const NOTHING = /^(?:true|false|yes|no|n\/a|0|0\.0+|\{\}|\[\])$/i;
const PLANNED = /(?:^|_)(?:due|deadline|starts|ends|scheduled|expires|expiry|expiration)(?:_|$)/;
const FLAGS =
  /^(?:rollback|breaking|prerelease|forced|draft|urgent|flapping|escalated|test|rush|gift|overdue|confidential|internal)$/;
/** Numbers that name something are not counted, so they are not grouped. */
const NAMING = /(?:^|_)(?:year|port|pid|line|number|no|code|build|version|id|ref|reference|key|phone|zip|postal)$/;
const SIZE = /(?:^|_)(?:bytes|size_in_bytes|content_length|file_size|filesize)$|^bytes_|_bytes_/;
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/_(?:percent|pct|percentage)$|^percent(?:age)?$/, '%'],
  [/_kb$/, ' kB'],
  [/_mb$/, ' MB'],
  [/_gb$/, ' GB'],
  [/_tb$/, ' TB'],
  [/_(?:celsius|temp_c)$/, ' °C'],
];

/** A value of a payload as people read it; nothing for addresses, hashes, long texts, bygone moments and what is not there. */
export function factValue({ name, value, amount, inMilliseconds }: Fact): FactValue | undefined {
  if (amount) return literal(moneyOf(amount));
  if (Array.isArray(value)) return listValue(value);
  if (typeof value === 'boolean') return value && FLAGS.test(name) ? literal('yes') : undefined;
  return isList(value)
    ? undefined
    : (momentValue(name, value) ?? measured(name, value, inMilliseconds) ?? textValue(name, value));
}

function isList(value: Fact['value']): value is readonly (string | number | bigint | boolean)[] {
  return Array.isArray(value);
}

function moneyOf({ value, currency, minor }: Amount): string {
  if (currency === undefined) return numberText(Number(value) / 100);
  return minor ? moneyText(value, currency) : priceText(value, currency);
}

/** A moment to come; a past one is in the context line already, or does not matter. */
function momentValue(name: string, value: string | number | bigint | boolean): FactValue | undefined {
  const moment = PLANNED.test(name) ? parseMoment(value) : undefined;
  return moment && { text: moment.toISOString(), markdown: momentMarkdown(moment) };
}

function measured(
  name: string,
  value: string | number | bigint | boolean,
  inMilliseconds: boolean,
): FactValue | undefined {
  const seconds = typeof value === 'string' ? parseClock(value) : undefined;
  if (seconds !== undefined) return literal(durationText(seconds));
  if (typeof value === 'bigint' || (typeof value === 'string' && !/^-?\d{1,15}(?:\.\d+)?$/.test(value.trim())))
    return undefined;
  const number = Number(value);
  const unit = secondsPer(name, inMilliseconds);
  if (unit !== undefined && Math.abs(number * unit) < YEAR * 10)
    return number === 0 ? undefined : literal(durationText(number * unit));
  if (SIZE.test(name) || (/(?:^|_)size$/.test(name) && number >= 10_000)) return literal(bytesText(number));
  const suffix = UNITS.find(([pattern]) => pattern.test(name))?.[1];
  return suffix === undefined ? undefined : literal(numberText(number) + suffix);
}

function textValue(name: string, value: string | number | bigint | boolean): FactValue | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return numberValue(name, value);
  const said = String(value);
  if (said.length > VALUE_LIMIT * 4 || said.includes('://')) return undefined;
  if (/^-?\d+\.\d{4,}$/.test(said.trim())) return literal(numberText(Number(said)));
  const text = toPlainTerm(said);
  if (text === undefined || text.length > VALUE_LIMIT || NOTHING.test(text)) return undefined;
  if (/^\d{4}-\d\d-\d\d[T ]/.test(said)) return undefined;
  if (/^<.*>$|^\w:\w+$|@$/s.test(said.trim())) return undefined;
  if (!isTelling(text) && !/^[\d.,:/ -]{1,20}$/.test(text)) return undefined;
  if (parseMoment(text) !== undefined || (name.endsWith('version') && /^v?\d+(?:\.0)?$/.test(text))) return undefined;
  // Reasons are written for people; what has a name keeps it.
  if (/(?:^|_)(?:reason|cause)$/.test(name) && /^[a-z]+(?:_[a-z]+)+$/i.test(text))
    return literal(text.replaceAll('_', ' ').toLowerCase());
  return literal(text.replace(/^refs\/(?:heads|tags)\//, ''));
}

function numberValue(name: string, value: number | bigint): FactValue | undefined {
  if ((parseMoment(value) !== undefined && !NAMING.test(name)) || isKeyName(name)) return undefined;
  if ((Number(value) === 0 && !/(?<!exit_|return_)code|value|amount|score/.test(name)) || name.endsWith('version'))
    return undefined;
  return Number.isFinite(Number(value)) ? literal(figureText(name, value)) : undefined;
}

/** Large amounts with separators, numbers that name something without; numbers of cards not at all. */
export function figureText(name: string, value: number | bigint): string {
  const masked = maskText(String(value));
  if (masked !== String(value)) return masked;
  const counted = typeof value === 'number' && Math.abs(value) >= 10_000 && !NAMING.test(name) && !isKeyName(name);
  return numberText(value, { group: counted });
}

/** Where a thing or a place has a number, it is a key that nobody knows. */
function isKeyName(name: string): boolean {
  const head = name.slice(name.lastIndexOf('_') + 1);
  return name === 'ref' || PLACES.has(head) || THINGS.has(head);
}

function listValue(list: readonly (string | number | bigint | boolean)[]): FactValue | undefined {
  const items = list.map((item) => toPlainTerm(item)).filter((item) => item !== undefined);
  if (
    items.length === 0 ||
    items.some((item) => item.length > 60 || !/\p{L}/u.test(item) || !isTelling(item) || item.includes('://'))
  )
    return undefined;
  const more = items.length > LIST_LIMIT ? ` + ${items.length - LIST_LIMIT} more` : '';
  return literal(items.slice(0, LIST_LIMIT).join(', ') + more);
}

function literal(text: string): FactValue {
  return { text, markdown: escapeMarkdown(text) };
}
