import type pg from 'pg';
import { AppError } from '../../../core/errors.ts';
import { toDatabaseError, toPlace } from '../../shared/postgres/failure.ts';
import type { MoveTarget } from '../moving/copy-table.ts';
import { connect, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';

export interface OpenMoveTarget extends MoveTarget {
  /** Goes on with numbers after these, and forgets that it was moved to. */
  finish(highest: ReadonlyMap<string, number>): Promise<void>;
  close(): Promise<void>;
}

/** While a journal is moved, how far each table has come, and from which journal. */
const MOVING = `create table if not exists moving (
  table_name text primary key, position bigint not null, source text not null
)`;

const NOTE = `insert into moving (table_name, position, source) values ($1, $2, $3)
  on conflict (table_name) do update set position = excluded.position`;

/** Events that are moved are decided already, or are moved into `undecided` by themselves. Posts are counted at the end. */
const ASIDE: Readonly<Record<string, readonly [string, string]>> = {
  events: ['alter table events disable trigger events_added', 'alter table events enable trigger events_added'],
  posts: ['alter table posts disable trigger posts_counted', 'alter table posts enable trigger posts_counted'],
};

const FINISH = [
  'delete from post_changes',
  'insert into post_changes select state, count(*) from posts group by state',
  'drop table moving',
];

/** Opens a database that holds nothing, or a part of the same journal. Throws `AppError`. */
export async function openMoveTarget({
  url,
  source,
  now,
}: {
  readonly url: string;
  /** What tells the journal apart that is moved. */
  readonly source: string;
  readonly now: Date;
}): Promise<OpenMoveTarget> {
  let positions: ReadonlyMap<string, number>;
  try {
    const client = await connect(url);
    try {
      await migrate(client, { url, migrations, now });
      positions = await begin(client, { place: toPlace(url), source });
    } finally {
      await client.end();
    }
  } catch (error) {
    throw toDatabaseError(error, toPlace(url));
  }

  const database = openDatabase({ url, version: migrations.length });
  return {
    database,
    positionOf: async ({ table }) => positions.get(table) ?? 0,
    toOperation({ table }, statements, position) {
      const [before, after] = ASIDE[table] ?? [];
      const plain = (sql: string | undefined) => (sql === undefined ? [] : [{ sql, parameters: [] }]);
      return [...plain(before), ...statements, ...plain(after), { sql: NOTE, parameters: [table, position, source] }];
    },
    async finish(highest) {
      const follow = [...highest].map(([table, id]) => ({
        sql: "select setval(pg_get_serial_sequence('bellhop.' || $1::text, 'id'), $2::bigint)",
        parameters: [table, id],
      }));
      await database.write([...follow, ...FINISH.map((sql) => ({ sql, parameters: [] }))]);
    },
    close: () => database.close(),
  };
}

async function begin(
  client: pg.ClientBase,
  { place, source }: { readonly place: string; readonly source: string },
): Promise<ReadonlyMap<string, number>> {
  const found = await client.query<{ moving: string | null; used: boolean }>(`
    select to_regclass('bellhop.moving')::text as moving,
      exists (select from events) or exists (select from posts) or exists (select from audit) as used`);
  const { moving = null, used = false } = found.rows[0] ?? {};
  if (moving === null && used)
    throw new AppError(409, 'journal_used', `The database \`${place}\` holds a journal already. Name an empty one.`);
  await client.query(MOVING);
  const { rows } = await client.query<{ table_name: string; position: number; source: string }>('select * from moving');
  if (rows.some((row) => row.source !== source))
    throw new AppError(
      409,
      'journal_used',
      `Another journal is being moved to the database \`${place}\`. Name an empty one, or go on with that data folder.`,
    );
  return new Map(rows.map((row) => [row.table_name, row.position]));
}
