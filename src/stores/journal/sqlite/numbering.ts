import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** The highest number that each table has given away, also to rows that are gone: none of them may come to mean another thing. */
export async function readNumbering({ queries }: Pick<Database, 'queries'>): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ name: string; seq: number }>`select name, seq from sqlite_sequence`.execute(queries);
  return new Map(rows.filter(({ seq }) => seq > 0).map(({ name, seq }) => [name, seq]));
}

/** What tells a journal apart from all others: the moment in which it was made. */
export async function readOrigin({ queries }: Pick<Database, 'queries'>): Promise<string> {
  const row = await queries.selectFrom('migrations').select('applied_at').where('id', '=', 1).executeTakeFirst();
  return String(row?.applied_at ?? 0);
}
