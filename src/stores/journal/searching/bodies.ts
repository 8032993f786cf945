import { sql } from 'kysely';
import type { BodyIndex, SearchedBody } from '../../../core/event/searching/body-index.ts';
import { createParts } from '../batches/parts.ts';
import type { Database } from '../database.ts';
import { eventColumns } from '../event-rows.ts';
import { toRowId } from '../row-id.ts';
import { toStatement } from '../statement.ts';

/** Remembers whose bodies are searched in `body_sizes`: always the newest events, without a gap between them. */
export function createBodyIndex(database: Database): BodyIndex {
  const { queries, read, writeAside, bodyOut, bodySearch } = database;
  const columns = eventColumns(bodyOut);
  const parts = createParts(database);
  const newest = queries.selectFrom('body_sizes').select(sql<number>`max(event_id)`.as('id'));
  const oldest = queries.selectFrom('body_sizes').select(sql<number>`min(event_id)`.as('id'));
  const beyondAll = sql<number>`coalesce((${oldest}), ${Number.MAX_SAFE_INTEGER})`;

  function add({ eventId, endpointId, words }: SearchedBody) {
    const id = toRowId(eventId) ?? 0;
    const known = queries.selectFrom('body_sizes').select('event_id').where('event_id', '=', id);
    const size = queries
      .insertInto('body_sizes')
      .columns(['event_id', 'size'])
      .expression(
        queries
          .selectFrom('events')
          .select(['id', sql<number>`${sizeOf(words)}`.as('size')])
          .where('id', '=', id),
      );
    const entry = words.length > 0 ? [bodySearch.add({ eventId: id, endpointId, words })] : [];
    const made = [size, ...entry].map(toStatement);
    return [{ ...toStatement(known), guards: made.length }, ...made];
  }

  return {
    async next({ limit, maxBytes, older }) {
      const page = queries.selectFrom('events').select(columns).limit(limit);
      const newer = page.where('id', '>', newest).orderBy('id');
      const earlier = page.where('id', '<', beyondAll).orderBy('id', 'desc');
      const [found] = await read([newer], { maxBytes });
      if (found.length > 0 || !older) return parts.complete(found, maxBytes);
      const [rest] = await read([earlier], { maxBytes });
      return parts.complete(rest, maxBytes);
    },

    async add(bodies) {
      await writeAside(bodies.flatMap(add));
      if (bodySearch.tidy) await writeAside([toStatement(bodySearch.tidy)]);
    },

    async size() {
      const [[row]] = await read([queries.selectFrom('body_sizes').select(sql<number>`sum(size)`.as('size'))]);
      return Number(row?.size ?? 0);
    },

    async forgetOldest(most) {
      const ids = queries.selectFrom('body_sizes').select('event_id').orderBy('event_id').limit(most);
      const [forgotten = []] = await writeAside([
        toStatement(queries.deleteFrom('body_sizes').where('event_id', 'in', ids).returning('size')),
      ]);
      return { events: forgotten.length, bytes: forgotten.reduce((sum, { size }) => sum + Number(size), 0) };
    },

    async coverage() {
      const from = queries.selectFrom('events').select(['id', 'received_at']).where('id', '=', oldest);
      const isOlder = queries.selectFrom('events').select('id').where('id', '<', beyondAll).limit(1);
      const isNewer = queries.selectFrom('events').select('id').where('id', '>', newest).limit(1);
      const [[first], older, newer] = await read([from, isOlder, isNewer]);
      return {
        ...(first && { from: { eventId: String(first.id), receivedAt: new Date(first.received_at) } }),
        isOlderLeft: older.length > 0,
        isNewerLeft: newer.length > 0,
      };
    },
  };
}

function sizeOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + word.length + 1, 0);
}
