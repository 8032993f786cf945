import type { Row, Statement, Value } from '../statement.ts';

/** A statement without its parameters, of which it takes so many. */
export interface Named extends Pick<Statement, 'sql' | 'wants'> {
  readonly number: number;
  readonly slots: number;
}

/**
 * Operations as they are handed over: flat, for what is nested takes long to copy, and with each statement named by a
 * number, for its text would be copied again and again.
 */
export interface Batch {
  /** Whether all earlier numbers are void. */
  readonly forget: boolean;
  /** The statements that were not named before. */
  readonly fresh: readonly Named[];
  /** For each operation, of each statement its number and how many it guards. */
  readonly operations: readonly (readonly number[])[];
  /** The parameters of all statements, one after the other. Bytes are views of one block, which changes hands. */
  readonly values: readonly Value[];
}

/**
 * What a thread is asked. The statements of a read see one state of the file. A batch of operations shares one commit;
 * an operation that fails takes no other with it.
 */
export type Request =
  | {
      readonly id: number;
      readonly kind: 'read';
      readonly statements: readonly Statement[];
      /** No result is larger, unless its first row is. */
      readonly maxBytes?: number;
    }
  | { readonly id: number; readonly kind: 'write'; readonly batch: Batch }
  | { readonly id: number; readonly kind: 'close' };

/** Why SQLite refused: its own result code and words. */
export interface Failure {
  readonly code: number;
  readonly message: string;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** Request 0 is the opening itself. A read's answer holds the rows of each statement, a write's one outcome for each operation with the same. */
export type Answer =
  | { readonly id: number; readonly kind: 'read'; readonly outcome: Outcome<readonly (readonly Row[])[]> }
  | { readonly id: number; readonly kind: 'write'; readonly outcomes: readonly Outcome<readonly (readonly Row[])[]>[] }
  | { readonly id: number; readonly kind: 'opened' | 'closed'; readonly outcome: Outcome<undefined> };

export interface OpenOptions {
  readonly path: string;
  /** Largest size of the file in pages of 4 KB. */
  readonly maxPages?: number;
  /** Whether this connection only reads a file that another one has opened. */
  readonly readOnly?: boolean;
}
