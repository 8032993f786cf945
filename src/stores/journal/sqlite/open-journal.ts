import type { Clock } from '../../../core/clock.ts';
import type { Journal } from '../../../core/event/journal.ts';
import type { ByteSealer } from '../../shared/byte-sealer.ts';
import { createJournal } from '../create-journal.ts';
import { migrate } from '../migrate.ts';
import { openDatabase } from './database.ts';
import { migrations } from './migrations.ts';

export interface JournalOptions {
  /** A file, made when there is none, or `:memory:`. */
  readonly path: string;
  /** Largest size of the file in pages of 4 KB. */
  readonly maxPages?: number;
  readonly clock?: Pick<Clock, 'now'>;
  /** Seals the proofs of refused deliveries; none are kept without it. */
  readonly sealer?: ByteSealer;
}

/** Opens the journal on one machine: a SQLite file. Throws `AppError` when the file cannot be used. */
export async function openJournal({
  path,
  maxPages,
  clock = { now: () => new Date() },
  sealer,
}: JournalOptions): Promise<Journal> {
  const database = await openDatabase({ path, ...(maxPages !== undefined && { maxPages }) });
  try {
    await migrate({ database, migrations, path, now: clock.now() });
    return createJournal({ database, clock, ...(sealer && { sealer }) });
  } catch (error) {
    await database.close();
    throw error;
  }
}
