import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database.ts';

/** Removes those of these batches of which no event is left. */
export function removeEmpty(queries: Database['queries'], batches: readonly number[] | RawBuilder<number>) {
  const ids = 'compile' in batches ? [batches] : batches;
  return queries
    .deleteFrom('batches')
    .where('id', 'in', ids)
    .where(({ exists, not, selectFrom }) =>
      not(exists(selectFrom('events').select('events.id').whereRef('events.batch_id', '=', sql.ref('batches.id')))),
    );
}
