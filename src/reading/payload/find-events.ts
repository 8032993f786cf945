import type { Parsed } from '../../core/delivery/delivery.ts';
import { childOf } from '../../core/delivery/take-part.ts';
import { plainName } from './names.ts';
import { isObject } from './scalar.ts';

/** Names of lists whose items are events. Those of a cart, or of what an API answered, have kinds and ids too. */
const LISTS = new Set('events batch records notifications messages notification_items mandrill_events'.split(' '));
/** What an envelope says that is an event itself. */
const TELLING = /^(?:type|event|event_type|event_name|topic|action|title|subject|status|state|severity|alerts?)$/;
const EVENT_NAMES = /^(?:event|event_type|event_name|event_category|topic|action)$/;
const KINDS = /^(?:type|kind)$/;
const IDS = /^_?(?:uu)?id$|_(?:uu)?id$/;
const TIMES = /^(?:at|ts|time|timestamp|date|created|occurred|received)$|_(?:at|on|time|timestamp|date)$/;
const LINES = /^(?:title|message|msg|text|name|status|state|level|severity)$/;

/**
 * Where the events of a delivery stand whose sender is not known, when each of several looks like an event; nothing where they
 * could as well be the items of one. Objects that follow one another without being a list are events: nothing holds them together.
 */
export function findEvents({ payload, body, format }: Parsed): string | undefined {
  if (format !== 'json' && format !== 'form') return undefined;
  if (Array.isArray(payload)) {
    const isLines = format === 'json' && /^\s*\{/.test(body.toString('latin1', 0, 100));
    return payload.length > 1 && payload.every(isLines ? isLine : isEvent) ? '*' : undefined;
  }
  if (!isObject(payload)) return undefined;
  const lists = Object.keys(payload).filter(
    (name) => LISTS.has(plainName(name)) && Array.isArray(childOf(payload, name)),
  );
  const [name] = lists;
  if (name === undefined || lists.length > 1 || Object.keys(payload).some((key) => isTelling(key))) return undefined;
  const list = childOf(payload, name);
  return Array.isArray(list) && list.length > 1 && list.every(isEvent) ? `${name}.*` : undefined;
}

function isTelling(key: string): boolean {
  return TELLING.test(plainName(key));
}

/** Whether a thing says what happened, and when or under which name. */
function isEvent(thing: unknown): boolean {
  if (!isObject(thing)) return false;
  const has = (names: RegExp) =>
    Object.entries(thing).some(([key, value]) => names.test(plainName(key)) && isValue(value));
  if (has(EVENT_NAMES)) return has(TIMES) || has(IDS);
  return has(KINDS) && (has(TIMES) || (has(/^specversion$/) && has(IDS)));
}

function isLine(thing: unknown): boolean {
  return (
    isEvent(thing) ||
    (isObject(thing) && Object.keys(thing).some((key) => LINES.test(plainName(key)) || TIMES.test(plainName(key))))
  );
}

function isValue(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && value !== '');
}
