import { sql } from 'kysely';
import type { About } from '../../../core/event/about.ts';
import type { Database } from '../database.ts';
import { parseJson } from '../event-rows.ts';
import { type Operation, type Row, type Statement, toJson, toStatement, toValue } from '../statement.ts';
import type { MovedTable } from './moved-tables.ts';
import { readPages } from './row-pages.ts';

/** Where a journal is moved to. */
export interface MoveTarget {
  readonly database: Database;
  /** The number of the last row of a table that is there already. */
  positionOf(table: MovedTable): Promise<number>;
  /** An operation that adds rows to a table as they are, and remembers how far it has come. */
  toOperation(table: MovedTable, statements: Operation, position: number): Operation;
}

/** Rows of one statement: PostgreSQL takes 65,535 values in it. */
const ROWS = 500;

/** Copies what a table holds that is not there yet, and calls back with how many rows went each time. */
export async function copyTable(
  from: Database,
  target: MoveTarget,
  table: MovedTable,
  onCopied: (rows: number) => void,
): Promise<void> {
  const { database } = target;
  for await (const page of readPages(from, table, await target.positionOf(table))) {
    const rows = page.map((row) => toMoved(table, row));
    const inserts = Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, index) =>
      toInsert(database, table, rows.slice(index * ROWS, (index + 1) * ROWS)),
    );
    const words = table.table === 'decisions' ? rows.map((row) => toWords(database, row)) : [];
    const position = table.key ? Number(rows.at(-1)?.[table.key]) : 1;
    await database.write(target.toOperation(table, [...inserts, ...words], position));
    onCopied(rows.length);
  }
}

/** A row as every database takes it. */
export function toMoved({ table }: MovedTable, row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      table === 'decisions' && name === 'about_json' ? toJson(parseJson(String(value))) : toValue(value),
    ]),
  );
}

function toInsert({ queries }: Database, { table }: MovedTable, rows: readonly Row[]): Statement {
  const names = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => sql`(${sql.join(names.map((name) => sql`${row[name]}`))})`);
  const insert = sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
    values ${sql.join(values)} on conflict do nothing`;
  return { ...toStatement({ compile: () => insert.compile(queries) }), wants: 'nothing' };
}

function toWords({ search }: Database, row: Row): Statement {
  const { title, source, actor, subject } = parseJson<About>(String(row.about_json));
  return search.add({
    eventId: Number(row.event_id),
    title,
    source: source ?? null,
    actor: actor ?? null,
    subject: subject ?? null,
  });
}
