import type { Compilable, Expression, Kysely, RawBuilder, SqlBool } from 'kysely';
import type { WantedWord } from '../../core/text/search-words.ts';
import type { Operation, Row, Statement } from './statement.ts';
import type { Tables } from './tables.ts';

/** Where a journal's tables live. Whatever differs between databases is behind this. */
export interface Database {
  /** Builds queries, and runs those that only read. */
  readonly queries: Kysely<Tables>;
  /** Runs queries over one state of the database, whatever is written meanwhile, and gives back the rows of each. */
  read<const Queries extends readonly Compilable[]>(queries: Queries, options?: ReadOptions): Promise<RowsOf<Queries>>;
  /** Commits statements together; resolves with the rows of each once they are synced. Whatever arrives during one commit shares the next. */
  write(operation: Operation): Promise<readonly (readonly Row[])[]>;
  /** Like `write`, for what nobody waits for: deliveries do not wait for it either, where that can be. */
  writeAside(operation: Operation): Promise<readonly (readonly Row[])[]>;
  /** A body as it is stored. */
  bodyIn(body: Uint8Array): RawBuilder<Uint8Array>;
  /** A stored body as it came. */
  bodyOut(column: 'events.body' | 'batches.body'): RawBuilder<Uint8Array>;
  /** How many bytes a value takes where it is stored; a value that is absent takes none. */
  bytesOf(column: string): RawBuilder<number>;
  readonly search: SearchIndex;
  readonly bodySearch: BodySearch;
  /** Writes enough to need space, so that a full disk shows. */
  ping(at: Date): Promise<void>;
  /** How many bytes the journal needs; space that was freed does not count. */
  size(): Promise<number>;
  /** Gives some freed space back to the disk; whether there is more. */
  reclaim(): Promise<boolean>;
  close(): Promise<void>;
}

export interface ReadOptions {
  /** No result is larger, unless its first row is. */
  readonly maxBytes?: number;
}

export type RowsOf<Queries extends readonly Compilable[]> = {
  readonly [Index in keyof Queries]: Queries[Index] extends Compilable<infer Result> ? readonly Result[] : never;
};

/** Finds events by words. Its entries are in the table `search`, whose columns only the database knows. */
export interface SearchIndex {
  /** The column that names an entry's event. */
  readonly eventId: string;
  /** Adds the entry of an event that is in `events`. */
  add(words: EventWords): Statement;
  /** Removes the entries of events that are no longer in `events`. */
  remove(eventIds: readonly number[]): Compilable;
  /** Whether an entry has, for each word of a text, a word that begins with it. Nothing when the text holds no word. */
  matches(text: string): Expression<SqlBool> | undefined;
}

export interface EventWords {
  readonly eventId: number;
  readonly title: string;
  readonly source: string | null;
  readonly actor: string | null;
  readonly subject: string | null;
}

/**
 * Finds events by words of their bodies. Its entries are in the table `body_search`, whose columns only the database knows. An
 * entry goes with its row in `body_sizes`, and that with its event.
 */
export interface BodySearch {
  /** The column that names an entry's event. */
  readonly eventId: string;
  /** Adds the entry of an event that is in `events`. */
  add(entry: { readonly eventId: number; readonly endpointId: string; readonly words: readonly string[] }): Compilable;
  /** Whether what is found is walked from its newest entry, so that a span of ids costs what is in it alone. */
  readonly isWalked?: true;
  /** Puts a little of the index in order, where the database does not do that well by itself. To be run after each addition. */
  readonly tidy?: Compilable;
  /** Whether an entry is of one of these endpoints, where they are named, and has all these words. */
  matches(words: readonly WantedWord[], endpointIds?: readonly string[]): Expression<SqlBool>;
}
