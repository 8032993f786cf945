import type { Handling, HandlingStore, KnownHandling } from '../../../core/event/handling.ts';
import type { Database } from '../database.ts';
import { parseJson } from '../event-rows.ts';
import { type Statement, toStatement } from '../statement.ts';

/** Subjects that are looked up at once. */
const CHUNK = 500;

export function createHandlingStore({ queries, read }: Pick<Database, 'queries' | 'read'>): HandlingStore {
  const store: HandlingStore = {
    get: async ({ endpointId, subject }) => (await store.list(endpointId, [subject])).get(subject),
    async list(endpointId, subjects) {
      const pages = Array.from({ length: Math.ceil(subjects.length / CHUNK) }, (_, index) =>
        queries
          .selectFrom('handlings')
          .select(['subject', 'record_json'])
          .where('endpoint_id', '=', endpointId)
          .where('subject', 'in', subjects.slice(index * CHUNK, (index + 1) * CHUNK)),
      );
      const rows = (await read(pages)).flat();
      return new Map(rows.map((row) => [row.subject, parseJson<Handling>(row.record_json)]));
    },
  };
  return store;
}

/** The statement that remembers what people did about a subject. */
export function toHandlingNote(queries: Database['queries'], { key, handling }: KnownHandling, at: number): Statement {
  const record = JSON.stringify(handling);
  return toStatement(
    queries
      .insertInto('handlings')
      .values({ endpoint_id: key.endpointId, subject: key.subject, record_json: record, noted_at: at })
      .onConflict((conflict) =>
        conflict.columns(['endpoint_id', 'subject']).doUpdateSet({ record_json: record, noted_at: at }),
      ),
  );
}
