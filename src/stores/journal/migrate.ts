import { sql } from 'kysely';
import { AppError } from '../../core/errors.ts';
import type { Database } from './database.ts';
import { toStatement } from './statement.ts';

export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** Brings the tables up to date, one commit for each step. Throws when a newer Bellhop has been here. */
export async function migrate({
  database,
  migrations,
  path,
  now,
}: {
  readonly database: Database;
  readonly migrations: readonly Migration[];
  readonly path: string;
  readonly now: Date;
}): Promise<void> {
  const { queries, write } = database;
  await write([
    {
      sql: 'create table if not exists migrations (id integer primary key, name text not null, applied_at integer not null)',
      parameters: [],
    },
  ]);
  const { rows } = await sql<{ last: number | null }>`select max(id) as last from migrations`.execute(queries);
  const last = rows[0]?.last ?? 0;
  if (last > migrations.length) {
    throw new AppError(
      503,
      'journal_newer',
      `\`${path}\` was written by a newer Bellhop. Start that version, or set DATA_DIR to another folder.`,
    );
  }
  for (const [index, { name, statements }] of migrations.entries()) {
    const id = index + 1;
    if (id <= last) continue;
    const applied = toStatement(queries.insertInto('migrations').values({ id, name, applied_at: now.getTime() }));
    await write([...statements.map((statement) => ({ sql: statement, parameters: [] })), applied]);
  }
}
