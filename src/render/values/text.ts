import { boundedJson } from './bounded-json.ts';
import { VALUE_LIMIT } from './limits.ts';

const LIST_LIMIT = 200;

/** Any value as text: nothing for nothing, lists with commas, dates as ISO 8601, objects as JSON. Never longer than a chat shows. */
export function toText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > VALUE_LIMIT ? `${value.slice(0, VALUE_LIMIT)}…` : value;
    case 'number':
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
  const shown = value.slice(0, LIST_LIMIT).map(toText).filter(Boolean).join(', ');
  return toText(value.length > LIST_LIMIT ? `${shown}, …` : shown);
}
