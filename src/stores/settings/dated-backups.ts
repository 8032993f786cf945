import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toDiskError } from '../shared/disk-error.ts';
import { writeAtomically } from '../shared/write-atomically.ts';
import { readText } from './read-text.ts';

/** Earlier settings that somebody may want back, each in a file named after the moment it was put aside. */
export interface DatedBackups {
  /** Puts a text aside, and gives back the name of its file. Throws `AppError` when the disk refuses. */
  keep(text: string, now: Date): Promise<string>;
}

/** Each is there for so long at least, in milliseconds, unless there are very many. */
const KEPT_FOR = 7 * 86_400_000;
const KEPT = { usually: 10, most: 30 } as const;

const NAME = /^settings\.backup-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z)\.json$/;

export function createDatedBackups(folder: string): DatedBackups {
  /** The names of the files, newest first. */
  async function list(): Promise<readonly string[]> {
    const names = await readdir(folder);
    return names
      .filter((name) => NAME.test(name))
      .toSorted()
      .toReversed();
  }

  async function findSame(text: string): Promise<string | undefined> {
    for (const name of await list())
      if ((await readText(join(folder, name), 'settings_unreadable')) === text) return name;
    return undefined;
  }

  async function removeOld(now: Date): Promise<void> {
    const names = await list();
    const old = names.filter((name, index) => {
      const age = now.getTime() - momentOf(name);
      return index >= KEPT.most || (index >= KEPT.usually && age > KEPT_FOR);
    });
    for (const name of old) await rm(join(folder, name), { force: true });
  }

  return {
    async keep(text, now) {
      const name = `settings.backup-${now.toISOString().replaceAll(/[:.]/g, '-')}.json`;
      try {
        const same = await findSame(text);
        if (same) await rename(join(folder, same), join(folder, name));
        else await writeAtomically(join(folder, name), text);
        await removeOld(now);
      } catch (error) {
        throw toDiskError(error, { what: 'A backup of the settings', folder, code: 'settings_unwritable' });
      }
      return name;
    },
  };
}

function momentOf(name: string): number {
  const [, moment = ''] = NAME.exec(name) ?? [];
  return Date.parse(moment.replace(/T(\d\d)-(\d\d)-(\d\d)-/, 'T$1:$2:$3.'));
}
