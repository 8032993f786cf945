import type pg from 'pg';
import { AppError } from '../../../core/errors.ts';
import { checkServer } from '../../shared/postgres/check-server.ts';
import { toPlace } from '../../shared/postgres/failure.ts';
import type { Migration } from '../migrate.ts';

/** Where the journal's tables live, whatever else is in the database. */
export const SCHEMA = 'bellhop';

const LOCK = "hashtextextended('bellhop journal migrations', 0)";

/** Brings the tables up to date, a transaction for each step, while other nodes wait. Throws `AppError` when the database cannot be used, and leaves it as it is. */
export async function migrate(
  client: pg.ClientBase,
  { url, migrations, now }: { readonly url: string; readonly migrations: readonly Migration[]; readonly now: Date },
): Promise<void> {
  const place = toPlace(url);
  // Another node may be at it for as long as it takes.
  await client.query('set statement_timeout = 0');
  await client.query(`select pg_advisory_lock(${LOCK})`);
  try {
    const last = await checkVersions(client, { place, known: migrations.length });
    if (last === 0) await prepare(client);
    for (const [index, { name, statements }] of migrations.entries()) {
      if (index >= last) await apply(client, { id: index + 1, name, statements, now });
    }
  } finally {
    await client.query(`select pg_advisory_unlock(${LOCK})`).catch(() => undefined);
  }
}

/** The number of the newest migration, none where there is no journal. Throws `AppError` when the server is too old, or the journal too new. */
export async function checkVersions(
  client: pg.ClientBase,
  { place, known }: { readonly place: string; readonly known: number },
): Promise<number> {
  await checkServer(client, place);
  const last = await lastApplied(client);
  if (last > known) throw toNewer(place);
  return last;
}

export function toNewer(place: string): AppError {
  return new AppError(
    503,
    'journal_newer',
    `The journal in \`${place}\` was written by a newer Bellhop, and this one writes nothing to it. Start that version, or set DATABASE_URL to another database.`,
  );
}

async function lastApplied(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ found: string | null }>(
    `select to_regclass('${SCHEMA}.migrations')::text as found`,
  );
  if (rows[0]?.found === null) return 0;
  const applied = await client.query<{ last: number | null }>(`select max(id) as last from ${SCHEMA}.migrations`);
  return applied.rows[0]?.last ?? 0;
}

async function prepare(client: pg.ClientBase): Promise<void> {
  await client.query(`create schema if not exists ${SCHEMA}`);
  await client.query(
    `create table if not exists ${SCHEMA}.migrations (id integer primary key, name text not null, applied_at bigint not null)`,
  );
}

async function apply(
  client: pg.ClientBase,
  { id, name, statements, now }: Migration & { readonly id: number; readonly now: Date },
): Promise<void> {
  await client.query('begin');
  try {
    for (const statement of statements) await client.query(statement);
    await client.query('insert into migrations (id, name, applied_at) values ($1, $2, $3)', [id, name, now.getTime()]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
