import type { Compilable, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A SQLite file in a thread of its own. */
export interface Database {
  /** Builds queries, and runs those that only read. */
  readonly queries: Kysely<Tables>;
  /** Commits statements together; resolves with the rows of each once they are synced. Whatever arrives during one commit shares the next. */
  write(operation: Operation): Promise<readonly (readonly Row[])[]>;
  close(): Promise<void>;
}

/** A query as a statement for `write`. */
export function toStatement(query: Compilable): Statement {
  const { sql, parameters } = query.compile();
  // What our tables hold is all that a query over them can bind.
  return { sql, parameters: parameters as readonly Value[] };
}

export type Value = string | number | null | Uint8Array;

export type Row = Readonly<Record<string, Value>>;

/** One SQL statement with its parameters. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly Value[];
  /** What is wanted of it: its rows when absent, or one row with the `id` it inserted, or none. To collect rows costs more. */
  readonly wants?: 'id' | 'nothing';
  /** Where it finds a row, so many of the statements after it are left out, as if they had none. */
  readonly guards?: number;
}

/** Statements that are committed together or not at all. */
export type Operation = readonly Statement[];
