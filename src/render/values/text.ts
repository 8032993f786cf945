import { maskText } from '../../core/text/mask-secrets.ts';
import { plainNumber } from '../../core/text/plain-number.ts';
import { boundedJson } from './bounded-json.ts';
import { VALUE_LIMIT } from './limits.ts';

const LIST_LIMIT = 200;

/** A card's number has at least so many digits. */
const CARD = 13;

/** Any value as text to show: nothing for nothing, lists with commas, dates as ISO 8601, objects as JSON. Never longer than a chat shows, and never with a secret that is known by its shape. */
export function toText(value: unknown): string {
  const text = plainText(value);
  return typeof value !== 'string' && text.length < CARD ? text : maskText(text);
}

/** The same with its secrets, to compare and to look up. */
export function plainText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > VALUE_LIMIT ? `${value.slice(0, VALUE_LIMIT)}…` : value;
    case 'number':
      return plainNumber(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'object':
      return objectText(value);
    default:
      return '';
  }
}

function objectText(value: object | null): string {
  if (value === null) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (!Array.isArray(value) || value.some((item) => typeof item === 'object' && item !== null)) {
    return boundedJson(value, VALUE_LIMIT);
  }
  const shown = value.slice(0, LIST_LIMIT).map(plainText).filter(Boolean).join(', ');
  return plainText(value.length > LIST_LIMIT ? `${shown}, …` : shown);
}
