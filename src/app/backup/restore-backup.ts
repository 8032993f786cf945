import { createHash, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, type FileHandle, mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../core/errors.ts';
import { readArchive } from '../../stores/backup/archive.ts';
import { reviveJournal } from '../../stores/journal/sqlite/snapshot.ts';
import { findKey } from '../../stores/settings/load-key.ts';
import { readSettings } from '../../stores/settings/read-settings.ts';
import { codeOf, toDiskError } from '../../stores/shared/disk-error.ts';
import { lockFolder } from '../../stores/shared/lock-folder.ts';
import type { Config } from '../config.ts';

/** What a backup may hold. Own templates are in folders of that name. */
const FILES = ['journal.db', 'key', 'admin-token', 'settings.json'];
const TEMPLATE = /^templates\/(?:[\w.@+-]+\/)*[\w.@+-]+$/;

/**
 * Restores a backup into a data folder that holds none. Everything is read and checked beside it first, so that a backup
 * that is of no use changes nothing. Throws `AppError`.
 */
export async function restoreBackup(config: Config, file: string, passphrase: string): Promise<{ endpoints: number }> {
  const { DATA_DIR: folder, BELLHOP_KEY: given } = config;
  if (config.DATABASE_URL !== undefined)
    throw new AppError(
      409,
      'kept_in_database',
      'With `DATABASE_URL` settings are kept in the database. Restore the backup with `DATABASE_URL` blank, then move the settings by `bellhop export` and `bellhop import`.',
    );
  const lock = await lockFolder(folder);
  try {
    const taken = ['settings.json', 'journal.db', 'key'].find((name) => existsSync(join(folder, name)));
    if (taken)
      throw new AppError(
        409,
        'folder_used',
        `\`${join(folder, taken)}\` is there already, and a restore overwrites nothing. Move it and what is beside it away, or set DATA_DIR to an empty folder.`,
      );
    const aside = await mkdtemp(join(folder, 'restore-'));
    try {
      const names = await unpack(file, passphrase, aside);
      const settings = await check(aside, given);
      if (names.includes('journal.db')) await reviveJournal(join(aside, 'journal.db'));
      // The settings come last: they are what makes a folder one that was used.
      for (const name of names.toSorted((a, b) => orderOf(a) - orderOf(b))) {
        if (name === 'key' && given) continue;
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await rename(join(aside, name), join(folder, name));
      }
      return { endpoints: settings.endpoints.length };
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  } catch (error) {
    if (error instanceof AppError || codeOf(error) === undefined) throw error;
    throw toDiskError(error, { what: 'The restored files', folder });
  } finally {
    await lock.release();
  }
}

async function unpack(file: string, passphrase: string, folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  let target: FileHandle | undefined;
  try {
    for await (const frame of readArchive(file, passphrase)) {
      if (frame.kind === 'data') {
        await target?.writeFile(frame.bytes);
        continue;
      }
      if (!mayHold(frame.name))
        throw new AppError(
          409,
          'backup_changed',
          `\`${file}\` is not a valid Bellhop backup: it contains \`${frame.name}\`. Name a file that \`bellhop backup\` made.`,
        );
      await target?.sync();
      await target?.close();
      const path = join(folder, frame.name);
      await mkdir(dirname(path), { recursive: true });
      target = await open(path, 'wx', 0o600);
      names.push(frame.name);
    }
    await target?.sync();
  } finally {
    await target?.close();
  }
  return names;
}

/** A name from outside must not lead out of the folder. */
function mayHold(name: string): boolean {
  return FILES.includes(name) || (TEMPLATE.test(name) && !name.split('/').some((part) => /^\.+$/.test(part)));
}

/** That the settings can be read with the key that came along, and with the one that is given. */
async function check(folder: string, given: string | undefined) {
  await chmod(join(folder, 'key'), 0o600);
  if (given) {
    const [own, other] = [await findKey({ folder }), await findKey({ folder, given })];
    if (!own || !other || !timingSafeEqual(digest(own), digest(other)))
      throw new AppError(
        409,
        'other_key',
        'BELLHOP_KEY is another key than the one that the backup was made with. Leave it blank: the key comes with the backup.',
      );
  }
  return readSettings({ folder });
}

function digest(key: Buffer): Buffer {
  return createHash('sha256').update(key).digest();
}

function orderOf(name: string): number {
  return name === 'settings.json' ? 1 : 0;
}
