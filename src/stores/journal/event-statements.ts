import { sql } from 'kysely';
import type { NewEvent } from '../../core/event/event.ts';
import type { Database } from './database.ts';
import { prepare } from './prepare.ts';
import { type Statement, toText } from './statement.ts';

/** Milliseconds. */
const NOTED_EVERY = 1_000;

/** What a repeat is known by. */
export interface RepeatValues {
  readonly endpointId: string;
  readonly name: string;
  readonly receivedAt: number;
  readonly repeatsAfter: number;
}

export function toRepeat({
  endpointId,
  repeatKey,
  deliveryId,
  receivedAt,
  repeatWindow,
}: Pick<NewEvent, 'endpointId' | 'repeatKey' | 'deliveryId' | 'receivedAt' | 'repeatWindow'>): RepeatValues {
  const moment = receivedAt.getTime();
  return { endpointId, name: repeatKey ?? deliveryId, receivedAt: moment, repeatsAfter: moment - repeatWindow * 1000 };
}

/** Of deliveries that are the same, one at a time is kept. */
export function toRepeatLock({ endpointId, name }: RepeatValues): string {
  return `repeat ${endpointId} ${name}`;
}

/** What an event's row is made of. */
export interface EventValues extends RepeatValues {
  readonly provider: string;
  readonly type: string;
  readonly deliveryId: string;
  readonly repeatKey: string | null;
  readonly method: string;
  readonly remoteAddress: string;
  readonly verification: string;
  readonly query: string;
  readonly headers: string;
  readonly body: Uint8Array;
}

/** An event as it will be read again: what comes from outside may hold characters that not every database takes. */
export function withPlainText(event: NewEvent): NewEvent {
  const { type, deliveryId, method, remoteAddress } = event;
  return {
    ...event,
    type: toText(type),
    deliveryId: toText(deliveryId),
    method: toText(method),
    remoteAddress: toText(remoteAddress),
  };
}

export function toValues(event: NewEvent): EventValues {
  return {
    ...toRepeat(event),
    provider: event.provider,
    type: event.type,
    deliveryId: event.deliveryId,
    repeatKey: event.repeatKey ?? null,
    method: event.method,
    remoteAddress: event.remoteAddress,
    verification: JSON.stringify(event.verification),
    query: JSON.stringify(event.query),
    headers: JSON.stringify(event.headers),
    body: event.body,
  };
}

export function prepareRepeat(queries: Database['queries']) {
  return prepare<RepeatValues>((slots) =>
    queries
      .selectFrom('events')
      .select('id')
      .where('endpoint_id', '=', slots.endpointId)
      .where(sql<string>`coalesce(repeat_key, delivery_id)`, '=', slots.name)
      .where('received_at', '>', slots.repeatsAfter)
      .limit(1),
  );
}

export function prepareInsert({ queries, bodyIn }: Pick<Database, 'queries' | 'bodyIn'>) {
  return prepare<EventValues>((slots) => queries.insertInto('events').values(eventColumns(slots, bodyIn)), 'id');
}

/** The columns that every kept event fills, alone or as one of a batch. */
export function eventColumns(
  slots: { readonly [Name in keyof EventValues]-?: Exclude<EventValues[Name], undefined> },
  bodyIn: Database['bodyIn'],
) {
  return {
    endpoint_id: slots.endpointId,
    provider: slots.provider,
    type: slots.type,
    delivery_id: slots.deliveryId,
    received_at: slots.receivedAt,
    method: slots.method,
    remote_address: slots.remoteAddress,
    verification_json: slots.verification,
    query_json: slots.query,
    headers_json: slots.headers,
    body: bodyIn(slots.body),
    repeat_key: slots.repeatKey,
  };
}

interface UseValues {
  readonly endpointId: string;
  readonly secretId: string;
  readonly usedAt: number;
}

function prepareUse(queries: Database['queries']) {
  return prepare<UseValues>(
    (slots) =>
      queries
        .insertInto('secret_uses')
        .values({ endpoint_id: slots.endpointId, secret_id: slots.secretId, used_at: slots.usedAt })
        .onConflict((conflict) =>
          conflict
            .columns(['endpoint_id', 'secret_id'])
            .doUpdateSet({ used_at: slots.usedAt })
            .where('secret_uses.used_at', '<', slots.usedAt),
        ),
    'nothing',
  );
}

/** Notes that a secret matched, at most once a second for each: a flood need not write it with every event. */
export function createUseNotes(
  queries: Database['queries'],
): (event: Pick<NewEvent, 'endpointId' | 'verification' | 'receivedAt'>) => readonly Statement[] {
  const use = prepareUse(queries);
  const notedAt = new Map<string, number>();
  return ({ endpointId, verification: { secretId }, receivedAt }) => {
    if (secretId === undefined) return [];
    const usedAt = receivedAt.getTime();
    if (Math.abs(usedAt - (notedAt.get(secretId) ?? 0)) < NOTED_EVERY) return [];
    notedAt.set(secretId, usedAt);
    // Others note several too, perhaps in another order.
    return [{ ...use({ endpointId, secretId, usedAt }), locks: `use of ${secretId}` }];
  };
}
