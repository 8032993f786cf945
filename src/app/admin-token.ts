import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The admin token: the one given, or one made once and kept in the data folder for its owner alone. */
export async function loadAdminToken(folder: string, given: string | undefined): Promise<string> {
  if (given) return given;
  const known = await readAdminToken(folder);
  if (known) return known;
  const made = randomBytes(32).toString('base64url');
  await writeFile(join(folder, 'admin-token'), `${made}\n`, { mode: 0o600, flag: 'wx' });
  return made;
}

/** The token an earlier start left, if any did. */
export async function readAdminToken(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, 'admin-token'), 'utf8')).trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
