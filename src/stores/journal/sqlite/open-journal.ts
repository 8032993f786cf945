import type { Clock } from '../../../core/clock.ts';
import type { Journal } from '../../../core/event/journal.ts';
import type { ByteSealer } from '../../shared/byte-sealer.ts';
import { createJournal } from '../create-journal.ts';
import { migrate } from '../migrate.ts';
import { type DatabaseOptions, openDatabase } from './database.ts';
import { migrations } from './migrations.ts';

/** The file at `path` is made when there is none; it may be `:memory:`. */
export interface JournalOptions extends DatabaseOptions {
  readonly clock?: Pick<Clock, 'now'>;
  /** Seals the proofs of refused deliveries; none are kept without it. */
  readonly sealer?: ByteSealer;
}

/** Opens the journal on one machine: a SQLite file. Throws `AppError` when the file cannot be used. */
export async function openJournal({
  clock = { now: () => new Date() },
  sealer,
  ...options
}: JournalOptions): Promise<Journal> {
  const { path } = options;
  const database = await openDatabase(options);
  try {
    await migrate({ database, migrations, path, now: clock.now() });
    return createJournal({ database, clock, ...(sealer && { sealer }) });
  } catch (error) {
    await database.close();
    throw error;
  }
}
