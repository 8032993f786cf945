import { sql } from 'kysely';
import type { EventStore, NewEvent } from '../../core/event/event.ts';
import type { Database } from './database.ts';
import { listEvents } from './event-page.ts';
import { decisionColumns, eventColumns, summaryColumns, toEvent, toStoredEvent, toSummary } from './event-rows.ts';
import { countHidden, pastEvents } from './past-events.ts';
import { toStoredPost } from './post-rows.ts';
import { prepare } from './prepare.ts';
import { toCursor, toRowId } from './row-id.ts';
import { type Statement, toText } from './statement.ts';

/** Milliseconds. */
const NOTED_EVERY = 1_000;

const CHUNK = 500;

export function createEventStore(database: Database): EventStore {
  const { queries, read, write, bodyOut } = database;
  const findRepeat = prepareRepeat(queries);
  const insert = prepareInsert(database);
  const noteUse = createUseNotes(queries);
  const columns = eventColumns(bodyOut);

  const find = (rowId: number) =>
    queries
      .selectFrom('events')
      .leftJoin('decisions', 'decisions.event_id', 'events.id')
      .select([...columns, ...decisionColumns])
      .where('events.id', '=', rowId);

  return {
    async keep(given) {
      const values = toValues(given);
      const { repeatKey, repeatWindow, ...event } = withPlainText(given);
      const results = await write([...noteUse(event), { ...findRepeat(values), guards: 1 }, insert(values)]);
      const id = results.at(-1)?.[0]?.id;
      return typeof id === 'number' ? { id: String(id), ...event } : undefined;
    },

    async get(id) {
      const rowId = toRowId(id);
      if (rowId === undefined) return undefined;
      const row = await find(rowId).executeTakeFirst();
      return row && toStoredEvent(row);
    },

    async getWithPosts(id, limit) {
      const rowId = toRowId(id);
      if (rowId === undefined) return undefined;
      const posts = queries
        .selectFrom('posts')
        .selectAll()
        .where('event_id', '=', rowId)
        .orderBy('id', 'desc')
        .limit(limit);
      const [[row], found] = await read([find(rowId), posts]);
      return row && { event: toStoredEvent(row), posts: found.map(toStoredPost) };
    },

    list: (query) => listEvents(database, query),

    async summaries(ids) {
      const rowIds = [...new Set(ids.flatMap((id) => toRowId(id) ?? []))].toSorted((a, b) => a - b);
      const chunks = Array.from({ length: Math.ceil(rowIds.length / CHUNK) }, (_, index) =>
        queries
          .selectFrom('events')
          .leftJoin('decisions', 'decisions.event_id', 'events.id')
          .select([...summaryColumns, 'decisions.state', 'decisions.about_json'])
          .where('events.id', 'in', rowIds.slice(index * CHUNK, (index + 1) * CHUNK))
          .orderBy('events.id'),
      );
      return (await read(chunks)).flat().map(toSummary);
    },

    async undecided({ after = '0', limit, maxBytes }) {
      const page = queries
        .selectFrom('undecided')
        .innerJoin('events', 'events.id', 'undecided.event_id')
        .select(columns)
        .where('undecided.event_id', '>', toCursor('after', after))
        .orderBy('undecided.event_id')
        .limit(limit);
      const [rows] = await read([page], maxBytes === undefined ? {} : { maxBytes });
      return rows.map(toEvent);
    },

    past: (query) => pastEvents(database, query),
    hiddenBy: (endpointId, ruleIds) => countHidden(database, endpointId, ruleIds),

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

/** An event as it will be read again: what comes from outside may hold characters that not every database takes. */
function withPlainText(event: NewEvent): NewEvent {
  const { type, deliveryId, method, remoteAddress } = event;
  return {
    ...event,
    type: toText(type),
    deliveryId: toText(deliveryId),
    method: toText(method),
    remoteAddress: toText(remoteAddress),
  };
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

function prepareInsert({ queries, bodyIn }: Database) {
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
        body: bodyIn(slots.body),
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
function createUseNotes(
  queries: Database['queries'],
): (event: Pick<NewEvent, 'endpointId' | 'verification' | 'receivedAt'>) => readonly Statement[] {
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
