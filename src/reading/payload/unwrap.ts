import { scalarText } from '../words.ts';
import { embeddedJson, jsonLines } from './embedded.ts';
import { keysOf } from './keys.ts';
import { plainName } from './names.ts';
import { isObject, isScalar } from './scalar.ts';

/** What a delivery holds once everything it was wrapped in is taken off. */
export type Unwrapped =
  | { readonly kind: 'one'; readonly event: Readonly<Record<string, unknown>>; readonly type?: string }
  | {
      readonly kind: 'several';
      readonly events: readonly Readonly<Record<string, unknown>>[];
      readonly count: number;
      readonly name?: string;
      readonly type?: string;
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'nothing' };

const LAYERS = 6;
/** Names under which an envelope carries its event, and which say nothing of it. */
const PLAIN_ENVELOPES = new Set(
  'event events data payload body message messages notification notifications json content record records item items result object request alerts mandrill_events value values entry hook detail notification_items params root resource webhook'.split(
    ' ',
  ),
);
const EVENT_LIMIT = 100;
/** Names under which messages for chats keep their parts. */
const CHAT_PARTS = new Set(['attachments', 'embeds', 'blocks', 'cards', 'cardsV2', 'sections']);

/** Takes off forms, strings of JSON, lists of one, and envelopes that have only one key. */
export function unwrap(payload: unknown): Unwrapped {
  let found = payload;
  let [type, name]: (string | undefined)[] = [];
  const typed = () => (type === undefined ? {} : { type });
  for (let layer = 0; layer < LAYERS; layer++) {
    if (typeof found === 'string') {
      const inner = embeddedJson(found.trim()) ?? jsonLines(found);
      if (!inner) return found.trim() === '' ? { kind: 'nothing' } : { kind: 'text', text: found };
      found = inner;
    } else if (Array.isArray(found)) {
      const objects = found.slice(0, EVENT_LIMIT).filter(isObject);
      if (objects.length > 1)
        return {
          kind: 'several',
          events: objects,
          count: found.length,
          ...typed(),
          ...(name !== undefined && { name }),
        };
      if (objects.length === 0 && found.length !== 1) return listOfTexts(found);
      found = objects[0] ?? found[0];
    } else if (isObject(found)) {
      const inner = envelope(found);
      if (!inner) return { kind: 'one', event: found, ...typed() };
      if (isEventName(inner.name)) type ??= inner.name;
      name = inner.name;
      found = inner.value;
    } else {
      return isScalar(found) ? { kind: 'text', text: scalarText(found) } : { kind: 'nothing' };
    }
  }
  return isObject(found) ? { kind: 'one', event: found, ...typed() } : { kind: 'nothing' };
}

function listOfTexts(list: readonly unknown[]): Unwrapped {
  const texts = list.slice(0, EVENT_LIMIT).filter(isScalar).map(scalarText);
  return texts.length === 0 ? { kind: 'nothing' } : { kind: 'text', text: texts.join('\n') };
}

/** The one thing an object carries, and under which name. */
function envelope(
  object: Readonly<Record<string, unknown>>,
): { readonly value: unknown; readonly name: string } | undefined {
  const keys = keysOf(object);
  const [only] = keys;
  const count = keys.length;
  if (only === undefined || count > 4) return undefined;
  if (count === 1 && !CHAT_PARTS.has(only)) {
    const value = object[only];
    const inner = typeof value === 'string' ? embeddedJson(value) : value;
    if (typeof inner !== 'object' || inner === null || (Array.isArray(inner) && !inner.some(isObject)))
      return undefined;
    const bare = PLAIN_ENVELOPES.has(plainName(only)) || isEventName(only) || Array.isArray(inner);
    return bare ? { value: inner, name: only } : undefined;
  }
  if (count === 1) return undefined;
  // A form beside whose one document only a token or a topic stands.
  const documents = Object.entries(object).filter(
    ([key, value]) => typeof value === 'string' && PLAIN_ENVELOPES.has(plainName(key)) && embeddedJson(value),
  );
  const [document] = documents;
  return document &&
    documents.length === 1 &&
    Object.values(object).every((value) => typeof value === 'string') &&
    !hasType(object)
    ? { value: embeddedJson(String(document[1])), name: document[0] }
    : undefined;
}

/** Whether what stands beside the document says more of the event than the document itself could. */
function hasType(object: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(object).some((key) => /^(?:type|event|topic|subject|title|eventtype)$/i.test(key));
}

function isEventName(key: string): boolean {
  return (
    /^[a-z][\w-]*(?:[.:/][\w-]+)+$/i.test(key) ||
    /(?:ed|created?|updated?|deleted?|event|notification|Event|Notification)$/.test(key)
  );
}
