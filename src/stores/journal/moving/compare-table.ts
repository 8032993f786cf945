import { createHash } from 'node:crypto';
import { AppError } from '../../../core/errors.ts';
import type { Database } from '../database.ts';
import type { Row } from '../statement.ts';
import { toMoved } from './copy-table.ts';
import type { MovedTable } from './moved-tables.ts';
import { readPages } from './row-pages.ts';

export interface Checksum {
  readonly rows: number;
  readonly sha256: string;
}

/** Reads a table in both journals. Throws `AppError` where they differ. */
export async function compareTable(from: Database, to: Database, table: MovedTable): Promise<Checksum> {
  const [there, here] = await Promise.all([sumOf(from, table), sumOf(to, table)]);
  if (there.rows === here.rows && there.sha256 === here.sha256) return here;
  throw new AppError(
    409,
    'journal_differs',
    `\`${table.table}\` has ${there.rows} rows in the data folder and ${here.rows} in the database, and they are not the same. Something else has written to that database: empty it, and begin again.`,
  );
}

async function sumOf(database: Database, table: MovedTable): Promise<Checksum> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const page of readPages(database, table)) {
    const lines = page.map((row) => toLine(toMoved(table, row)));
    // Databases sort texts each in their own way.
    for (const line of table.key ? lines : lines.toSorted()) hash.update(line).update('\n');
    rows += page.length;
  }
  return { rows, sha256: hash.digest('hex') };
}

/** A row as text that is the same whichever database it comes from. */
function toLine(row: Row): string {
  return JSON.stringify(
    Object.keys(row)
      .toSorted()
      .map((name) => {
        const value = row[name];
        return [name, value instanceof Uint8Array ? createHash('sha256').update(value).digest('hex') : value];
      }),
  );
}
