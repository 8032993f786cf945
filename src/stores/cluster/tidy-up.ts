import type { Queries } from '../shared/postgres/connect.ts';

/** Removes what counts no longer. */
export async function tidyUp(database: Queries): Promise<void> {
  for (const table of ['claims', 'notes', 'closings'])
    await database.query(`delete from bellhop_cluster.${table} where until < now()`);
  await database.query(`delete from bellhop_cluster.budgets where free_at < now() - interval '1 hour'`);
}
