import type { SilenceNote, SilenceStore } from '../../../core/event/noted/silence.ts';
import type { Database } from '../database.ts';
import { type Statement, toStatement } from '../statement.ts';

export function createSilenceStore({ queries }: Pick<Database, 'queries'>): SilenceStore {
  return {
    async list() {
      const rows = await queries.selectFrom('silences').selectAll().execute();
      return rows.map(({ endpoint_id: endpointId, since }) => ({ endpointId, since: new Date(since) }));
    },
  };
}

/** The statement that remembers a silence, or forgets one that is over. */
export function toSilenceNote(queries: Database['queries'], note: SilenceNote): Statement {
  if ('over' in note) return toStatement(queries.deleteFrom('silences').where('endpoint_id', '=', note.endpointId));
  const since = note.since.getTime();
  return toStatement(
    queries
      .insertInto('silences')
      .values({ endpoint_id: note.endpointId, since })
      .onConflict((conflict) => conflict.column('endpoint_id').doUpdateSet({ since })),
  );
}
