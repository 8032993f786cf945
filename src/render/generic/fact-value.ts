import { escapeMarkdown, type Markdown, momentMarkdown } from '../../core/message/message.ts';
import { durationText } from '../values/duration-text.ts';
import { parseMoment } from '../values/moment.ts';
import { numberText } from '../values/number-text.ts';
import { toText } from '../values/text.ts';
import { toLine } from '../values/values.ts';

export interface FactValue {
  readonly text: string;
  readonly markdown: Markdown;
}

const VALUE_LIMIT = 120;
const LIST_LIMIT = 6;
const YEAR = 366 * 86_400;
const OPAQUE = /[0-9a-f]{20,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{20}|^data:|^(?=\S*\d)(?=\S*\p{L})[^\s/@]{24,}$/iu;
const NOTHING = /^(?:null|none|undefined|unknown|n\/a|true|false|yes|no|[-–])?$/i;
const PLANNED = /(?:^due|deadline|starts_at|ends_at|scheduled|expires)/;
const FLAGS = /^(?:rollback|breaking|prerelease|forced|draft|urgent|flapping|escalated|test)$/;
const UNCOUNTED = /(?:year|port|pid|line|number|code|build|version)$/;

/** A value of a payload as people read it; nothing for addresses, hashes, long texts, bygone moments and what is not there. */
export function factValue(name: string, value: unknown): FactValue | undefined {
  if (Array.isArray(value)) return listValue(value);
  if (typeof value === 'boolean') return value && FLAGS.test(name) ? literal('yes') : undefined;
  if (typeof value === 'bigint') return literal(String(value));
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  if (/^(?:1?\d{9}|1\d{12})(?:\.\d+)?$|^\d{4}-\d{2}-\d{2}/.test(String(value))) return momentValue(name, value);
  return typeof value === 'number' ? numberValue(name, value) : textValue(name, value);
}

function momentValue(name: string, value: unknown): FactValue | undefined {
  const moment = PLANNED.test(name) ? parseMoment(value) : undefined;
  return moment && { text: moment.toISOString(), markdown: momentMarkdown(moment) };
}

function textValue(name: string, value: string): FactValue | undefined {
  const text = toLine(value);
  if (value.length > VALUE_LIMIT || value.includes('://') || OPAQUE.test(text) || NOTHING.test(text)) return undefined;
  if (/<\/?[a-z][^<>]*>/i.test(text) || (name.endsWith('version') && /^v?\d+(?:\.0)?$/.test(text))) return undefined;
  return literal(name === 'ref' ? text.replace(/^refs\/(?:heads|tags)\//, '') : text);
}

function listValue(list: readonly unknown[]): FactValue | undefined {
  const items = list
    .filter((item) => ['string', 'number', 'bigint'].includes(typeof item))
    .map((item) => toLine(toText(item)));
  if (items.length === 0 || items.some((item) => item.length > 60 || OPAQUE.test(item) || item.includes('://'))) {
    return undefined;
  }
  const more = items.length > LIST_LIMIT ? ` + ${items.length - LIST_LIMIT} more` : '';
  return literal(items.slice(0, LIST_LIMIT).join(', ') + more);
}

function numberValue(name: string, value: number): FactValue | undefined {
  const milliseconds = /(?:_ms|milliseconds|millis)$/.test(name);
  if (milliseconds || /(?:^duration|elapsed|_seconds|_secs?|downtime)$/.test(name)) {
    const seconds = milliseconds ? value / 1000 : value;
    return Math.abs(seconds) < YEAR ? literal(durationText(seconds)) : undefined;
  }
  if ((value === 0 && !/code|value|amount/.test(name)) || name.endsWith('version')) return undefined;
  const plain = UNCOUNTED.test(name) || Math.abs(value) < 10_000;
  return literal(plain && Number.isInteger(value) ? String(value) : numberText(value));
}

function literal(text: string): FactValue {
  return { text, markdown: escapeMarkdown(text) };
}
