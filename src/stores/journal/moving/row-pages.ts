import { type Compilable, sql } from 'kysely';
import type { Database } from '../database.ts';
import type { Row } from '../statement.ts';
import type { MovedTable } from './moved-tables.ts';

const PAGE = 500;
const MOST_BYTES = 8 * 1024 * 1024;

/** The rows of a table, a page at a time, after the one that was last. A table without a number comes in one page. */
export async function* readPages(
  { queries, read, bodyOut }: Pick<Database, 'queries' | 'read' | 'bodyOut'>,
  { table, key, body }: MovedTable,
  start = 0,
): AsyncGenerator<readonly Row[]> {
  if (key === undefined) {
    const [rows] = await read([rowsOf(sql`select * from ${sql.table(table)}`)]);
    if (rows.length > 0) yield rows;
    return;
  }
  // Of two columns of one name the last counts.
  const columns = body ? sql`*, ${bodyOut(body)} as body` : sql`*`;
  for (let after = start; ; ) {
    const [rows] = await read(
      [
        rowsOf(sql`select ${columns} from ${sql.table(table)}
          where ${sql.ref(key)} > ${after} order by ${sql.ref(key)} limit ${PAGE}`),
      ],
      { maxBytes: MOST_BYTES },
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = Number(last[key]);
  }

  function rowsOf(query: ReturnType<typeof sql>): Compilable<Row> {
    return { compile: () => query.compile(queries) } as Compilable<Row>;
  }
}

/** How many rows a table has. */
export async function countRows({ queries }: Pick<Database, 'queries'>, { table }: MovedTable): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(queries);
  return rows[0]?.count ?? 0;
}
