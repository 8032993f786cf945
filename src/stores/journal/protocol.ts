export type Value = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, Value>>;

/** One SQL statement with its parameters. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly Value[];
}

/** Statements that are committed together or not at all. */
export type Operation = readonly Statement[];

/** What the journal's thread is asked. A batch of operations shares one commit; an operation that fails takes no other with it. */
export type Request =
  | { readonly id: number; readonly kind: 'read'; readonly statement: Statement }
  | { readonly id: number; readonly kind: 'write'; readonly operations: readonly Operation[] }
  | { readonly id: number; readonly kind: 'close' };

/** Why SQLite refused: its own result code and words. */
export interface Failure {
  readonly code: number;
  readonly message: string;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** Request 0 is the opening itself. A write's answer holds one outcome for each operation, with the rows of each statement. */
export type Answer =
  | { readonly id: number; readonly kind: 'read'; readonly outcome: Outcome<readonly Row[]> }
  | { readonly id: number; readonly kind: 'write'; readonly outcomes: readonly Outcome<readonly (readonly Row[])[]>[] }
  | { readonly id: number; readonly kind: 'opened' | 'closed'; readonly outcome: Outcome<undefined> };

export interface OpenOptions {
  readonly path: string;
  readonly maxPages?: number;
}
