import { sql } from 'kysely';
import type { EventStore, NewEvent } from '../../core/event/event.ts';
import type { Database, Statement } from './database.ts';
import { listEvents } from './event-page.ts';
import { eventColumns, summaryColumns, toEvent, toStoredEvent, toSummary } from './event-rows.ts';
import { prepare } from './prepare.ts';
import { toCursor, toRowId } from './row-id.ts';

/** Milliseconds. */
const NOTED_EVERY = 1_000;

export function createEventStore({ queries, write }: Pick<Database, 'queries' | 'write'>): EventStore {
  const findRepeat = prepareRepeat(queries);
  const insert = prepareInsert(queries);
  const noteUse = createUseNotes(queries);

  return {
    async keep(event) {
      const { repeatKey, repeatWindow, ...kept } = event;
      const values = toValues(event);
      const results = await write([...noteUse(event), { ...findRepeat(values), guards: 1 }, insert(values)]);
      const id = results.at(-1)?.[0]?.id;
      return typeof id === 'number' ? { id: String(id), ...kept } : undefined;
    },

    async get(id) {
      const rowId = toRowId(id);
      if (rowId === undefined) return undefined;
      const row = await queries
        .selectFrom('events')
        .leftJoin('decisions', 'decisions.event_id', 'events.id')
        .select([...eventColumns, 'decisions.state', 'decisions.about_json', 'decisions.decision_json'])
        .where('events.id', '=', rowId)
        .executeTakeFirst();
      return row && toStoredEvent(row);
    },

    list: (query) => listEvents(queries, query),

    async summaries(ids) {
      const rowIds = ids.flatMap((id) => toRowId(id) ?? []);
      if (rowIds.length === 0) return [];
      const rows = await queries
        .selectFrom('events')
        .leftJoin('decisions', 'decisions.event_id', 'events.id')
        .select([...summaryColumns, 'decisions.state', 'decisions.about_json'])
        .where('events.id', 'in', rowIds)
        .execute();
      return rows.map(toSummary);
    },

    async undecided({ after = '0', limit }) {
      const rows = await queries
        .selectFrom('undecided')
        .innerJoin('events', 'events.id', 'undecided.event_id')
        .select(eventColumns)
        .where('undecided.event_id', '>', toCursor('after', after))
        .orderBy('undecided.event_id')
        .limit(limit)
        .execute();
      return rows.map(toEvent);
    },

    async secretUse(endpointId) {
      const rows = await queries
        .selectFrom('secret_uses')
        .select(['secret_id', 'used_at'])
        .where('endpoint_id', '=', endpointId)
        .execute();
      return new Map(rows.map((row) => [row.secret_id, new Date(row.used_at)]));
    },
  };
}

interface EventValues {
  readonly endpointId: string;
  readonly provider: string;
  readonly type: string;
  readonly deliveryId: string;
  readonly repeatKey: string | null;
  readonly name: string;
  readonly receivedAt: number;
  readonly repeatsAfter: number;
  readonly method: string;
  readonly remoteAddress: string;
  readonly verification: string;
  readonly query: string;
  readonly headers: string;
  readonly body: Uint8Array;
}

function toValues(event: NewEvent): EventValues {
  const receivedAt = event.receivedAt.getTime();
  return {
    endpointId: event.endpointId,
    provider: event.provider,
    type: event.type,
    deliveryId: event.deliveryId,
    repeatKey: event.repeatKey ?? null,
    name: event.repeatKey ?? event.deliveryId,
    receivedAt,
    repeatsAfter: receivedAt - event.repeatWindow * 1000,
    method: event.method,
    remoteAddress: event.remoteAddress,
    verification: JSON.stringify(event.verification),
    query: JSON.stringify(event.query),
    headers: JSON.stringify(event.headers),
    body: event.body,
  };
}

function prepareRepeat(queries: Database['queries']) {
  return prepare<EventValues>((slots) =>
    queries
      .selectFrom('events')
      .select('id')
      .where('endpoint_id', '=', slots.endpointId)
      .where(sql<string>`coalesce(repeat_key, delivery_id)`, '=', slots.name)
      .where('received_at', '>', slots.repeatsAfter)
      .limit(1),
  );
}

function prepareInsert(queries: Database['queries']) {
  return prepare<EventValues>(
    (slots) =>
      queries.insertInto('events').values({
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
        body: sql<Uint8Array>`pack(${slots.body})`,
        repeat_key: slots.repeatKey,
      }),
    'id',
  );
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
function createUseNotes(queries: Database['queries']): (event: NewEvent) => readonly Statement[] {
  const use = prepareUse(queries);
  const notedAt = new Map<string, number>();
  return ({ endpointId, verification: { secretId }, receivedAt }) => {
    if (secretId === undefined) return [];
    const usedAt = receivedAt.getTime();
    if (Math.abs(usedAt - (notedAt.get(secretId) ?? 0)) < NOTED_EVERY) return [];
    notedAt.set(secretId, usedAt);
    return [use({ endpointId, secretId, usedAt })];
  };
}
