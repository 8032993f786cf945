import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../core/errors.ts';

export interface FolderLock {
  release(): void;
}

/** A database that nobody refers to is closed when garbage is collected, and its lock with it. */
const held = new Set<DatabaseSync>();

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'Give the user that runs Bellhop the right to write it',
  EPERM: 'Give the user that runs Bellhop the right to write it',
  EROFS: 'Its file system is read-only: mount it writable',
  ENOTDIR: 'A part of it is a file: remove that file',
  EEXIST: 'It is a file: remove it',
  ENOENT: 'There can be no folders of ours in that place',
  ENOSPC: 'Its disk is full: free some space',
};

/** Makes sure that one process alone uses a data folder, which is made when there is none. The lock ends with the process, however that ends. Throws `AppError` when another holds it or the folder cannot be written. */
export function lockFolder(folder: string): FolderLock {
  prepareFolder(folder);
  const holder = join(folder, 'lock.pid');
  const database = openLock(folder, holder);
  held.add(database);
  writeFileSync(holder, `${process.pid}\n`);
  return {
    release() {
      rmSync(holder, { force: true });
      database.close();
      held.delete(database);
    },
  };
}

function prepareFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const advice = REASONS[code] ?? `The system says ${code}`;
    throw new AppError(
      503,
      'folder_unwritable',
      `\`${folder}\` cannot be used as data folder. ${advice}, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
}

/** One folder after the other: asked for all at once, Node tries for ever where a system lets nobody make folders, such as in `/proc`. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (!existsSync(dirname(folder))) makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** A transaction on a file of its own: SQLite's locks are the system's, and Node offers no other. */
function openLock(folder: string, holder: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(folder, 'lock'), { timeout: 0 });
    database.exec('pragma journal_mode = memory');
    database.exec('begin exclusive');
    return database;
  } catch (error) {
    database?.close();
    throw new AppError(
      409,
      'folder_locked',
      `Another Bellhop (${processOf(holder)}) already uses \`${folder}\`. Stop it, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
}

function processOf(holder: string): string {
  try {
    return `process ${readFileSync(holder, 'utf8').trim()}`;
  } catch {
    // It has the lock but has not written its number yet.
    return 'process unknown';
  }
}
