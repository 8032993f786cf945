import type pg from 'pg';
import { AppError } from '../../../core/errors.ts';
import type { Finding } from '../../../core/platform/diagnosis.ts';
import { toDatabaseError, toPlace } from '../../shared/postgres/failure.ts';
import { connect } from './database.ts';
import { checkVersions } from './migrate.ts';
import { migrations } from './migrations.ts';

/** Looks whether a database can hold the journal, and changes nothing. */
export async function checkDatabase(url: string): Promise<Finding> {
  const place = toPlace(url);
  try {
    const client = await connect(url);
    try {
      await checkVersions(client, { place, known: migrations.length });
      await checkRights(client, place);
    } finally {
      await client.end();
    }
    return { ok: true, what: `the database \`${place}\` can hold the journal` };
  } catch (failure) {
    const error = toDatabaseError(failure, place);
    if (!(error instanceof AppError)) throw error;
    return { ok: false, what: `DATABASE_URL cannot be used`, todo: error.message };
  }
}

async function checkRights(client: pg.ClientBase, place: string): Promise<void> {
  const { rows } = await client.query<{ read_only: string; may_create: boolean; is_made: boolean }>(
    `select current_setting('transaction_read_only') as read_only, to_regnamespace('bellhop') is not null as is_made,
      has_database_privilege(current_database(), 'create') as may_create`,
  );
  const [{ read_only = 'off', may_create = true, is_made = false } = {}] = rows;
  if (read_only === 'on')
    throw new AppError(503, 'database_read_only', `The database \`${place}\` takes no writes. Name the primary.`);
  if (!may_create && !is_made)
    throw new AppError(
      503,
      'database_refused',
      `The database \`${place}\` does not let this user make a schema. Let the user own the database.`,
    );
}
