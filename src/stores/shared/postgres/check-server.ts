import type pg from 'pg';
import { AppError } from '../../../core/errors.ts';

/** The oldest PostgreSQL that the contracts were run on has this number. */
const OLDEST = 140_000;

/** Throws `AppError` where a database is too old, or cannot hold every text. It changes nothing. */
export async function checkServer(client: pg.ClientBase, place: string): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string; encoding: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as version,
      current_setting('server_encoding') as encoding`,
  );
  const [{ number = '', version = '', encoding = '' } = {}] = rows;
  if (Number(number) < OLDEST)
    throw new AppError(
      503,
      'database_old',
      `The database \`${place}\` is PostgreSQL ${version}, and Bellhop needs 14 or newer. Upgrade it, or set DATABASE_URL to another.`,
    );
  if (encoding !== 'UTF8')
    throw new AppError(
      503,
      'database_encoding',
      `The database \`${place}\` is encoded as ${encoding}, which cannot hold every text. Create one with \`createdb -E UTF8 -T template0 …\`.`,
    );
}
