import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../core/errors.ts';
import { type ArchiveEntry, writeArchive } from '../../stores/backup/archive.ts';
import { copyJournal } from '../../stores/journal/sqlite/snapshot.ts';
import { findKey } from '../../stores/settings/load-key.ts';
import { copySettings } from '../../stores/settings/read-settings.ts';
import { codeOf } from '../../stores/shared/disk-error.ts';
import type { Config } from '../config.ts';
import { exportSettings } from '../settings/move-settings.ts';

/** What a backup holds, in words for whoever made it. */
export interface BackupSummary {
  readonly file: string;
  readonly bytes: number;
  readonly endpoints: number;
  /** Whether the journal is in it; else it is in a database of its own. */
  readonly hasJournal: boolean;
}

/**
 * Backs a data folder up into one file, also while Bellhop runs: journal, settings, key, admin token and own templates. The
 * journal is copied first: an endpoint without events does no harm, events without their endpoint would.
 */
export async function createBackup(config: Config, name: string, passphrase: string): Promise<BackupSummary> {
  const { DATA_DIR: folder, BELLHOP_KEY: given, DATABASE_URL } = config;
  const hasJournal = DATABASE_URL === undefined;
  const file = resolve(name);
  const keyOptions = { folder, ...(given && { given }) };
  const key = existsSync(folder) ? await findKey(keyOptions) : undefined;
  if (!key)
    throw new AppError(
      404,
      'nothing_to_back_up',
      `There is nothing to back up: Bellhop was never started with the data folder \`${folder}\`. Set DATA_DIR to the folder that Bellhop uses.`,
    );
  // In the data folder, because only there somebody has made sure of the space and of who may read it.
  const aside = await mkdtemp(join(folder, 'backup-'));
  try {
    const entries: ArchiveEntry[] = [];
    const add = (entry: string) => entries.push({ name: entry, path: join(aside, entry) });
    // What a move to the database left behind is of no use to anybody.
    if (hasJournal && (await copyJournal(join(folder, 'journal.db'), join(aside, 'journal.db')))) add('journal.db');
    const settings = await (config.DATABASE_URL === undefined
      ? copySettings(keyOptions, join(aside, 'settings.json'))
      : exportSettings(config, join(aside, 'settings.json')));
    add('settings.json');
    await writeFile(join(aside, 'key'), `${key.toString('hex')}\n`, { mode: 0o600 });
    add('key');
    if (await isFile(join(folder, 'admin-token')))
      entries.push({ name: 'admin-token', path: join(folder, 'admin-token') });
    entries.push(...(await templatesOf(folder)));
    await writeArchive(file, { passphrase, entries });
    return { file, bytes: (await stat(file)).size, endpoints: settings.endpoints.length, hasJournal };
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function templatesOf(folder: string): Promise<readonly ArchiveEntry[]> {
  const root = join(folder, 'templates');
  const names = await readdir(root, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, name: path.slice(folder.length + 1).replaceAll('\\', '/') }));
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
