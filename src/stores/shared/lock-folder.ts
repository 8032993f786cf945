import { once } from 'node:events';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../core/errors.ts';
import { codeOf, toDiskError } from './disk-error.ts';
import { writeAtomically } from './write-atomically.ts';

export interface FolderLock {
  release(): Promise<void>;
}

/** A database that nobody refers to is closed when garbage is collected, and its lock with it. */
const held = new Set<DatabaseSync>();

// https://sqlite.org/rescode.html
const BUSY = 5;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'Give the user that runs Bellhop the right to write it',
  EPERM: 'Give the user that runs Bellhop the right to write it',
  EROFS: 'Its file system is read-only: mount it writable',
  ENOTDIR: 'A part of it is a file: remove that file',
  EEXIST: 'It is a file: remove it',
  ENOENT: 'Bellhop cannot make a folder in that place',
  ENOSPC: 'Its disk is full: free some space',
};

/**
 * Makes sure that one process alone uses a data folder, which is made when there is none. The lock ends with the process,
 * however that ends. Throws `AppError` when another holds it or the folder cannot be written.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  prepareFolder(folder);
  const holder = join(folder, 'lock.pid');
  const release = new AsyncDisposableStack();
  try {
    const name = await claimName(folder, holder);
    if (name) release.defer(() => void name.close());
    const database = openLock(folder, holder);
    held.add(database);
    release.defer(() => {
      database.close();
      held.delete(database);
    });
    await writeAtomically(holder, `${process.pid}\n`).catch((error: unknown) => {
      throw toDiskError(error, { what: 'The lock', folder });
    });
    release.defer(() => rmSync(holder, { force: true }));
  } catch (error) {
    await release.disposeAsync();
    throw error;
  }
  return { release: () => release.disposeAsync() };
}

function prepareFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = codeOf(error) ?? 'unknown';
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

/**
 * On Linux the lock is also a name that the system keeps and no file stands for: whoever tidies the folder up may remove
 * the lock's file, and a second process would lock a new one.
 */
async function claimName(folder: string, holder: string): Promise<Server | undefined> {
  if (process.platform !== 'linux') return undefined;
  const { dev, ino } = statSync(folder, { bigint: true });
  const server = createServer().unref();
  try {
    server.listen({ path: `\0bellhop-${dev}-${ino}` });
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') throw lockedBy(holder, folder, error);
    // A sandbox may forbid sockets; the lock's file is there all the same.
    return undefined;
  }
}

/** A transaction on a file of its own: SQLite's locks are the system's, and Node offers no other. They hold between containers that share a folder. */
function openLock(folder: string, holder: string): DatabaseSync {
  const path = join(folder, 'lock');
  try {
    return begin(path);
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
    if (code === BUSY) throw lockedBy(holder, folder, error);
    if (code !== CORRUPT && code !== NOT_A_DATABASE)
      throw new AppError(
        503,
        'folder_unwritable',
        `\`${path}\` cannot be used as a lock. Remove it, and give the user that runs Bellhop the right to write it.`,
        { cause: error },
      );
  }
  // Somebody else's text holds nothing that is needed.
  rmSync(path);
  return begin(path);
}

function begin(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('pragma journal_mode = memory');
    database.exec('begin exclusive');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function lockedBy(holder: string, folder: string, cause: unknown): AppError {
  return new AppError(
    409,
    'folder_locked',
    `Another Bellhop (${processOf(holder)}) already uses \`${folder}\`. Stop it, or set DATA_DIR to another folder.`,
    { cause },
  );
}

function processOf(holder: string): string {
  try {
    return `process ${/^\d+/.exec(readFileSync(holder, 'utf8'))?.[0] ?? 'unknown'}`;
  } catch {
    // It has the lock but has not written its number yet, or somebody has removed that.
    return 'process unknown';
  }
}
