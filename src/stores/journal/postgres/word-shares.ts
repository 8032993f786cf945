import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

/** In which share of all entries a word stands that begins like this one; 0 where that is not known, for then it is rare. */
export interface WordShares {
  of(beginning: string): number;
}

/** How often the database's own statistics are read again, in milliseconds: they hardly change. */
const READ_EVERY = 600_000;

interface Known {
  readonly words: readonly string[] | null;
  readonly shares: readonly number[] | null;
}

/** Knows the words that stand in many entries of `search`, as the database has counted them in a sample. */
export function createWordShares(queries: Kysely<Tables>): WordShares {
  let shares: ReadonlyMap<string, number> = new Map();
  let readAt: number | undefined;

  async function read(): Promise<void> {
    const { rows } = await sql<Known>`
      select most_common_elems::text::text[] as words, most_common_elem_freqs::float8[] as shares
      from pg_stats where schemaname = current_schema() and tablename = 'search' and attname = 'words'`.execute(
      queries,
    );
    const [{ words, shares: counted } = { words: null, shares: null }] = rows;
    shares = new Map((words ?? []).map((word, index) => [word, counted?.[index] ?? 0]));
  }

  return {
    of(beginning) {
      if (readAt === undefined || performance.now() - readAt > READ_EVERY) {
        readAt = performance.now();
        // Without them a search takes longer, and that is all.
        read().catch(() => undefined);
      }
      let sum = 0;
      for (const [word, share] of shares) if (word.startsWith(beginning)) sum += share;
      return sum;
    },
  };
}
