import { sql } from 'kysely';
import type { ResponseStore } from '../../../core/event/noted/response.ts';
import type { Database } from '../database.ts';
import { toRowId } from '../row-id.ts';
import { toStatement } from '../statement.ts';

const CHUNK = 500;

export function createResponseStore({
  queries,
  read,
  write,
}: Pick<Database, 'queries' | 'read' | 'write'>): ResponseStore {
  return {
    async add({ eventId, by, kind }, at) {
      const event = toRowId(eventId);
      if (event === undefined) return;
      const values = { event_id: event, by, vote: kind === 'use' ? 0 : 1, kind, at: at.getTime() };
      await write([
        toStatement(
          queries
            .insertInto('responses')
            .values(values)
            .onConflict((conflict) =>
              conflict.columns(['event_id', 'by', 'vote']).doUpdateSet({ kind, at: values.at }),
            ),
        ),
      ]);
    },
    async of(eventIds) {
      const ids = eventIds.flatMap((id) => toRowId(id) ?? []);
      const found = new Map<string, { used: number; up: number; down: number }>();
      for (let from = 0; from < ids.length; from += CHUNK) {
        const query = queries
          .selectFrom('responses')
          .select(['event_id', 'kind', sql<number>`count(*)`.as('total')])
          .where('event_id', 'in', ids.slice(from, from + CHUNK))
          .groupBy(['event_id', 'kind']);
        const [rows] = await read([query]);
        for (const { event_id: id, kind, total } of rows) {
          const known = found.get(String(id)) ?? { used: 0, up: 0, down: 0 };
          known[kind === 'use' ? 'used' : kind] = Number(total);
          found.set(String(id), known);
        }
      }
      return found;
    },
  };
}
