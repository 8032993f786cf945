import type { Clock } from '../../../core/clock.ts';
import type { Journal } from '../../../core/event/journal.ts';
import type { ByteSealer } from '../../shared/byte-sealer.ts';
import { toDatabaseError, toPlace } from '../../shared/postgres/failure.ts';
import { createJournal } from '../create-journal.ts';
import { connect, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';

export interface JournalOptions {
  /** The address of a PostgreSQL database, with user and password. */
  readonly url: string;
  readonly clock?: Pick<Clock, 'now'>;
  /** Seals the proofs of refused deliveries; none are kept without it. */
  readonly sealer?: ByteSealer;
}

/** Opens the journal that several machines share: a PostgreSQL database. Throws `AppError` when it cannot be used. */
export async function openJournal({
  url,
  clock = { now: () => new Date() },
  sealer,
}: JournalOptions): Promise<Journal> {
  try {
    const client = await connect(url);
    await migrate(client, { url, migrations, now: clock.now() }).finally(() => client.end());
  } catch (error) {
    throw toDatabaseError(error, toPlace(url));
  }
  const database = openDatabase({ url, version: migrations.length });
  return createJournal({ database, clock, ...(sealer && { sealer }) });
}
