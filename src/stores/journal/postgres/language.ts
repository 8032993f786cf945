import { type Dialect, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';

/** What Kysely knows of PostgreSQL's SQL. */
export const language: Pick<Dialect, 'createAdapter' | 'createIntrospector' | 'createQueryCompiler'> = {
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (database) => new PostgresIntrospector(database),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
