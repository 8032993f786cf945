import type { DatabaseConnection, Dialect } from 'kysely';
import { type Row, type Statement, toValues } from './statement.ts';

/** A database as Kysely speaks it, over a function that runs one statement wherever the database lives. Reads only: writes are compiled and batched. */
export function createDialect(
  read: (statement: Statement) => Promise<readonly Row[]>,
  language: Pick<Dialect, 'createAdapter' | 'createIntrospector' | 'createQueryCompiler'>,
): Dialect {
  const connection: DatabaseConnection = {
    async executeQuery<R>({ sql, parameters }: { readonly sql: string; readonly parameters: readonly unknown[] }) {
      // Kysely knows the rows' type from the query.
      return { rows: [...(await read({ sql, parameters: toValues(parameters) }))] as R[] };
    },
    streamQuery() {
      throw new Error('The journal has no streams: page by id instead.');
    },
  };
  const refuse = async () => {
    throw new Error('The journal has no open transactions: hand an operation to `write` instead.');
  };
  const nothing = async () => {};
  return {
    ...language,
    createDriver: () => ({
      init: nothing,
      acquireConnection: async () => connection,
      releaseConnection: nothing,
      destroy: nothing,
      beginTransaction: refuse,
      commitTransaction: refuse,
      rollbackTransaction: refuse,
    }),
  };
}
