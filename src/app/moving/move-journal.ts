import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Move } from '../../cli/shared/verb.ts';
import { AppError, badRequest } from '../../core/errors.ts';
import type { Database } from '../../stores/journal/database.ts';
import { migrate } from '../../stores/journal/migrate.ts';
import { compareTable } from '../../stores/journal/moving/compare-table.ts';
import { copyTable } from '../../stores/journal/moving/copy-table.ts';
import { movedTables } from '../../stores/journal/moving/moved-tables.ts';
import { countRows } from '../../stores/journal/moving/row-pages.ts';
import { type OpenMoveTarget, openMoveTarget } from '../../stores/journal/postgres/move-target.ts';
import { openDatabase } from '../../stores/journal/sqlite/database.ts';
import { migrations } from '../../stores/journal/sqlite/migrations.ts';
import { readNumbering, readOrigin } from '../../stores/journal/sqlite/numbering.ts';
import { lockFolder } from '../../stores/shared/lock-folder.ts';
import { type Config, isDatabase } from '../config.ts';

/**
 * Copies the journal of a data folder to a PostgreSQL database and compares the two, while nobody else uses the folder. Begun
 * again it goes on where it was. Throws `AppError`.
 */
export async function moveJournal(
  { DATA_DIR: folder, DATABASE_URL }: Config,
  { to = DATABASE_URL, onProgress }: Parameters<Move>[0],
): ReturnType<Move> {
  if (to === undefined || !isDatabase(to))
    throw badRequest('Name the database: `--to postgres://user:password@host/bellhop`, or set DATABASE_URL.');
  const path = join(folder, 'journal.db');
  if (!existsSync(path))
    throw new AppError(
      404,
      'nothing_to_move',
      `There is nothing to move: \`${path}\` does not exist. Set DATA_DIR to the folder that Bellhop uses.`,
    );
  const now = new Date();
  await using opened = new AsyncDisposableStack();
  const lock = await lockFolder(folder);
  opened.defer(lock.release);
  const from = await openDatabase({ path });
  opened.defer(from.close);
  await migrate({ database: from, migrations, path, now });
  const target = await openMoveTarget({ url: to, source: await readOrigin(from), now });
  opened.defer(target.close);

  await copyAll(from, target, onProgress);
  const tables = await compareAll(from, target, onProgress);
  await target.finish(await readNumbering(from));
  return { tables };
}

async function copyAll(from: Database, target: OpenMoveTarget, onProgress: Progress): Promise<void> {
  for (const table of movedTables) {
    const total = await countRows(from, table);
    let done = await countRows(target.database, table);
    await copyTable(from, target, table, (rows) => {
      done += rows;
      onProgress({ what: 'copied', table: table.table, done: Math.min(done, total), total });
    });
  }
}

type Progress = Parameters<Move>[0]['onProgress'];

async function compareAll(from: Database, { database }: OpenMoveTarget, onProgress: Progress) {
  const tables: { table: string; rows: number; sha256: string }[] = [];
  for (const table of movedTables) {
    const sum = await compareTable(from, database, table);
    tables.push({ table: table.table, ...sum });
    if (sum.rows > 0) onProgress({ what: 'compared', table: table.table, done: sum.rows, total: sum.rows });
  }
  return tables;
}
