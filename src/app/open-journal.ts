import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import type { Journal } from '../core/event/journal.ts';
import type { ByteSealer } from '../stores/shared/byte-sealer.ts';
import type { Config } from './config.ts';

/** Opens the journal in the database that is configured, or in the data folder. Throws `AppError`. */
export async function openJournal(
  { DATABASE_URL: url, DATA_DIR: folder }: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>,
  options: { readonly sealer: ByteSealer; readonly clock: Pick<Clock, 'now'> },
): Promise<Journal> {
  // Only the one that is used takes memory.
  if (url === undefined) {
    const sqlite = await import('../stores/journal/sqlite/open-journal.ts');
    return sqlite.openJournal({ path: join(folder, 'journal.db'), ...options });
  }
  const postgres = await import('../stores/journal/postgres/open-journal.ts');
  return postgres.openJournal({ url, ...options });
}
