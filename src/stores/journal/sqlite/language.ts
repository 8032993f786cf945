import { type Dialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';

/** What Kysely knows of SQLite's SQL. */
export const language: Pick<Dialect, 'createAdapter' | 'createIntrospector' | 'createQueryCompiler'> = {
  createAdapter: () => new SqliteAdapter(),
  createIntrospector: (database) => new SqliteIntrospector(database),
  createQueryCompiler: () => new SqliteQueryCompiler(),
};
