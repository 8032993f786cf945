import type { EventStore } from '../../core/event/event.ts';
import { createBatchKeeper } from './batches/keep-batch.ts';
import { createParts } from './batches/parts.ts';
import type { Database } from './database.ts';
import { listEvents } from './event-page.ts';
import { decisionColumns, eventColumns, summaryColumns, toStoredEvent, toSummary } from './event-rows.ts';
import {
  createUseNotes,
  prepareInsert,
  prepareRepeat,
  toRepeatLock,
  toValues,
  withPlainText,
} from './event-statements.ts';
import { countHidden, findArrivals, pastEvents } from './past-events.ts';
import { toStoredPost } from './post-rows.ts';
import { toCursor, toRowId } from './row-id.ts';

const CHUNK = 500;

export function createEventStore(database: Database): EventStore {
  const { queries, read, write, bodyOut } = database;
  const findRepeat = prepareRepeat(queries);
  const insert = prepareInsert(database);
  const noteUse = createUseNotes(queries);
  const columns = eventColumns(bodyOut);
  const keepParts = createBatchKeeper(database);
  const parts = createParts(database);

  const find = (rowId: number) =>
    queries
      .selectFrom('events')
      .leftJoin('decisions', 'decisions.event_id', 'events.id')
      .select([...columns, ...decisionColumns])
      .where('events.id', '=', rowId);

  async function findOne(id: string) {
    const rowId = toRowId(id);
    return rowId === undefined ? undefined : find(rowId).executeTakeFirst();
  }

  return {
    async keep(given) {
      const values = toValues(given);
      const { repeatKey, repeatWindow, ...event } = withPlainText(given);
      const results = await write([
        ...noteUse(event),
        { ...findRepeat(values), guards: 1, locks: toRepeatLock(values) },
        insert(values),
      ]);
      const id = results.at(-1)?.[0]?.id;
      return typeof id === 'number' ? { id: String(id), ...event } : undefined;
    },

    keepBatch: (batch) => keepParts(batch, noteUse(batch)),

    async get(id) {
      const row = await findOne(id);
      return row && { ...toStoredEvent(row), ...(await parts.read(row)) };
    },

    async whole(id) {
      const row = await findOne(id);
      return row && parts.whole(row);
    },

    async getWithPosts(id, limit) {
      const rowId = toRowId(id);
      if (rowId === undefined) return undefined;
      const posts = queries
        .selectFrom('posts')
        .selectAll()
        .where('event_id', '=', rowId)
        // What only brought a message up to date is of interest where it failed.
        .where((is) => is.or([is('refresh', '=', 0), is('state', '=', 'failed')]))
        .orderBy('id', 'desc')
        .limit(limit);
      const [[row], found] = await read([find(rowId), posts]);
      return row && { event: { ...toStoredEvent(row), ...(await parts.read(row)) }, posts: found.map(toStoredPost) };
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
        .select([...columns, 'undecided.perhaps_posted_since'])
        .where('undecided.event_id', '>', toCursor('after', after))
        .orderBy('undecided.event_id')
        .limit(limit);
      const [rows] = await read([page], maxBytes === undefined ? {} : { maxBytes });
      return parts.complete(rows, maxBytes);
    },

    past: (query) => pastEvents(database, parts, query),
    arrivals: (endpointId, span) => findArrivals(database, endpointId, span),
    hiddenBy: (endpointId, ruleIds, since) => countHidden(database, endpointId, { ruleIds, since }),

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
