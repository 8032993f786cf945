import { hkdfSync, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../core/errors.ts';
import { codeOf, toDiskError } from '../stores/shared/disk-error.ts';
import { writeAtomically } from '../stores/shared/write-atomically.ts';

/** Shorter tokens can be guessed. */
export const SHORTEST_TOKEN = 8;

/**
 * The admin token: the one given, or one made once and kept in the data folder for its owner alone. Of several nodes each makes
 * the same, from the key that they share.
 */
export async function loadAdminToken(
  folder: string,
  given: string | undefined,
  { sharedKey }: { readonly sharedKey?: Buffer | undefined } = {},
): Promise<string> {
  if (given) return given;
  const shared = sharedKey && Buffer.from(hkdfSync('sha256', sharedKey, '', 'bellhop admin token', 32));
  const known = await readAdminToken(folder);
  if (known && (!shared || known === shared.toString('base64url'))) return known;
  const made = (shared ?? randomBytes(32)).toString('base64url');
  await writeAtomically(join(folder, 'admin-token'), `${made}\n`).catch((error: unknown) => {
    throw toDiskError(error, { what: 'The admin token', folder });
  });
  return made;
}

/** The token that an earlier start made, if there is one. A text that is too short was cut off while it was written. */
export async function readAdminToken(folder: string): Promise<string | undefined> {
  const path = join(folder, 'admin-token');
  try {
    const token = (await readFile(path, 'utf8')).trim();
    return token.length < SHORTEST_TOKEN ? undefined : token;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new AppError(
      503,
      'admin_token_unreadable',
      `\`${path}\` cannot be read. Give the user that runs Bellhop the right to read it.`,
      { cause: error },
    );
  }
}
