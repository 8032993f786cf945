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
  /** What two statements that could both be true must not be committed beside one another under. A database with one writer need not look. */
  readonly locks?: string;
  /** Names a statement that happens again and again, so that it is planned once. */
  readonly name?: string;
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

/** A value as JSON that a database can look into. */
export function toJson(value: object): string {
  const json = JSON.stringify(value);
  // JSON escapes exactly these, but for a backslash before a `u` that was there.
  if (!/\\u(?:0000|d[89a-f])/.test(json)) return json;
  return JSON.stringify(value, (_name, part: unknown) => (typeof part === 'string' ? toText(part) : part));
}

/** Text without NUL and without halves of surrogate pairs: PostgreSQL refuses both. */
export function toText(text: string): string {
  const wellFormed = text.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '\uFFFD') : wellFormed;
}
