import type { Compilable } from 'kysely';

export type Value = string | number | null | Uint8Array;

export type Row = Readonly<Record<string, Value>>;

/** One SQL statement with its parameters. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly Value[];
  /** What is wanted of it: its rows when absent, or one row with the `id` it inserted, or none. To collect rows costs more. */
  readonly wants?: 'id' | 'nothing';
  /** If this statement returns a row, the next `guards` statements are skipped. */
  readonly guards?: number;
}

/** Statements that are committed together or not at all. */
export type Operation = readonly Statement[];

/** A query as a statement for `write`. */
export function toStatement(query: Compilable): Statement {
  const { sql, parameters } = query.compile();
  return { sql, parameters: toValues(parameters) };
}

/** What a query binds, as every database takes it. A query over our tables binds only values of their columns. */
export function toValues(parameters: readonly unknown[]): readonly Value[] {
  return (parameters as readonly Value[]).map(toValue);
}

export function toValue(value: Value): Value {
  return typeof value === 'string' ? toText(value) : value;
}

/** Text without NUL and without halves of surrogate pairs: PostgreSQL refuses both. */
export function toText(text: string): string {
  const wellFormed = text.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '\uFFFD') : wellFormed;
}
