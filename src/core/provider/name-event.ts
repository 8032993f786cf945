import { createHash, hash } from 'node:crypto';
import type { Parsed } from '../delivery/delivery.ts';
import type { NewEvent } from '../event/event.ts';
import type { Provider } from './provider.ts';

export type EventName = Pick<NewEvent, 'type' | 'deliveryId' | 'repeatKey' | 'repeatWindow'>;

/** The type of a delivery that names none. */
export const UNNAMED = 'unknown';

const NAME_LIMIT = 200;
/** Seconds. */
const REPEAT_WINDOW = { named: 7 * 86_400, nameless: 300 } as const;

/**
 * How a verified delivery is named, and the key that a repeat of it would share: what the provider says identifies its
 * events, otherwise the delivery id, otherwise everything that could distinguish it from another delivery.
 */
export function nameEvent(
  delivery: Parsed,
  {
    eventType,
    deliveryId,
    identity,
    repeatWindow,
  }: Pick<Provider, 'eventType' | 'deliveryId' | 'identity' | 'repeatWindow'>,
  options: Readonly<Record<string, string>>,
): EventName {
  const type = nameType(delivery, eventType, options);
  const id = toKey(deliveryId?.(delivery, options));
  const own = identity?.(delivery, options);
  const repeatKey = own && `sha256:${hash('sha256', own)}`;
  const window = typeof repeatWindow === 'function' ? repeatWindow(type) : repeatWindow;
  return {
    type,
    deliveryId: id ?? repeatKey ?? fingerprint(delivery, type),
    ...(repeatKey && { repeatKey }),
    repeatWindow: window ?? (id || repeatKey ? REPEAT_WINDOW.named : REPEAT_WINDOW.nameless),
  };
}

/** The type of a delivery. */
export function nameType(
  delivery: Parsed,
  eventType: Provider['eventType'],
  options: Readonly<Record<string, string>>,
): string {
  return toType(eventType(delivery, options));
}

function toType(text: string | undefined): string {
  const type = text?.replace(/\p{Cc}/gu, '').trim();
  return type?.slice(0, NAME_LIMIT).toWellFormed() || UNNAMED;
}

function toKey(text: string | undefined): string | undefined {
  const id = text?.replace(/\p{Cc}/gu, '').toWellFormed() || undefined;
  return id && id.length > NAME_LIMIT ? `sha256:${hash('sha256', id)}` : id;
}

/** A delivery without an id is the same as another when nothing that says what happened differs. */
function fingerprint({ method, query, headers, body }: Parsed, type: string): string {
  const telling = Object.entries(headers).filter(([name]) => isTelling(name));
  const outside = JSON.stringify([method, type, sorted(Object.entries(query)), sorted(telling)]);
  return `sha256:${createHash('sha256').update(outside).update('\n').update(body).digest('hex')}`;
}

const TELLING =
  /(?:^|[-_])(?:event|topic|action|type|kind|trigger|hook|resource|subject|source|status|state|severity)(?:$|[-_])/;

/** Whether a header of this name may say what happened. What says how a request travelled differs from one attempt to the next. */
function isTelling(name: string): boolean {
  return name.startsWith('ce-') || (TELLING.test(name) && name !== 'content-type');
}

function sorted<Value>(entries: readonly (readonly [string, Value])[]): readonly (readonly [string, Value])[] {
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
