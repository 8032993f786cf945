import type { Headers } from '../../core/delivery/delivery.ts';
import type { About } from '../../core/event/about.ts';
import type { Decision } from '../../core/event/decision.ts';
import type {
  EventPart,
  EventState,
  EventSummary,
  HookEvent,
  StoredEvent,
  Verification,
} from '../../core/event/event.ts';
import { type Message, type MessageParts, toMessage } from '../../core/message/message.ts';
import type { Database } from './database.ts';
import type { EventTable } from './tables.ts';

export const summaryColumns = [
  'events.id',
  'events.endpoint_id',
  'events.provider',
  'events.type',
  'events.delivery_id',
  'events.received_at',
  'events.batch_id',
  'events.part_json',
] as const;

export const decisionColumns = [
  'decisions.state',
  'decisions.about_json',
  'decisions.labels_json',
  'decisions.decision_json',
] as const;

export function eventColumns(bodyOut: Database['bodyOut']) {
  return [
    ...summaryColumns,
    'events.method',
    'events.remote_address',
    'events.verification_json',
    'events.query_json',
    'events.headers_json',
    'events.part_place',
    bodyOut('events.body').as('body'),
  ] as const;
}

interface SummaryRow
  extends Pick<
    EventTable,
    'endpoint_id' | 'provider' | 'type' | 'delivery_id' | 'received_at' | 'batch_id' | 'part_json'
  > {
  readonly id: number;
  readonly state: EventState | null;
  readonly about_json: string | null;
}

export interface EventRow extends Omit<EventTable, 'id' | 'repeat_key'> {
  readonly id: number;
  readonly perhaps_posted_since?: number | null;
}

export interface StoredRow extends EventRow {
  readonly state: EventState | null;
  readonly about_json: string | null;
  readonly labels_json: string | null;
  readonly decision_json: string | null;
}

export function toSummary(row: SummaryRow): EventSummary {
  return {
    id: String(row.id),
    endpointId: row.endpoint_id,
    provider: row.provider,
    type: row.type,
    deliveryId: row.delivery_id,
    receivedAt: new Date(row.received_at),
    state: row.state ?? 'received',
    ...toPart(row),
    ...(row.about_json !== null && { about: toPlainAbout(row.about_json) }),
  };
}

/** An about with its labels. */
export function toAbout(json: string, labels: string | null): About {
  return {
    ...parseJson<About>(json),
    ...(labels !== null && { labels: parseJson<NonNullable<About['labels']>>(labels) }),
  };
}

/** An about without its labels, which older versions kept with the rest. */
function toPlainAbout(json: string): About {
  const { labels: _, ...about } = parseJson<About>(json);
  return about;
}

export function toEvent(row: EventRow): HookEvent {
  return {
    id: String(row.id),
    endpointId: row.endpoint_id,
    provider: row.provider,
    type: row.type,
    deliveryId: row.delivery_id,
    verification: parseJson<Verification>(row.verification_json),
    method: row.method,
    headers: parseJson<Headers>(row.headers_json),
    query: parseJson<HookEvent['query']>(row.query_json),
    body: toBuffer(row.body),
    receivedAt: new Date(row.received_at),
    remoteAddress: row.remote_address,
    ...toPart(row),
    ...(row.perhaps_posted_since && { perhapsPostedSince: new Date(row.perhaps_posted_since) }),
  };
}

function toPart({ batch_id, part_json }: Pick<EventTable, 'batch_id' | 'part_json'>): { readonly part?: EventPart } {
  if (batch_id === null || part_json === null) return {};
  return { part: { ...parseJson<Omit<EventPart, 'batch'>>(part_json), batch: String(batch_id) } };
}

export function toStoredEvent(row: StoredRow): StoredEvent {
  return {
    ...toEvent(row),
    state: row.state ?? 'received',
    ...(row.about_json !== null && { about: toAbout(row.about_json, row.labels_json) }),
    ...(row.decision_json !== null && { decision: parseJson<Decision>(row.decision_json) }),
  };
}

export function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Reads a message that we wrote ourselves, perhaps before messages had all the parts they have now. */
export function parseMessage(text: string): Message {
  return toMessage(parseJson<Partial<MessageParts>>(text));
}

/** Reads JSON that we wrote ourselves from a value of that type. */
export function parseJson<T>(text: string): T {
  return JSON.parse(text) as T;
}
