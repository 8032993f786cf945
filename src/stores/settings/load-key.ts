import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../core/errors.ts';
import { codeOf, toDiskError } from '../shared/disk-error.ts';
import { writeAtomically } from '../shared/write-atomically.ts';
import { readText } from './read-text.ts';
import { SEALED } from './seal.ts';

const KEY_BYTES = 32;

export interface KeyOptions {
  readonly folder: string;
  readonly given?: string;
}

/** The key that seals secrets, 32 bytes: the given text, or the folder's own `key` file, which is made when there is none. Throws `AppError` as `findKey` does. */
export async function loadKey(options: KeyOptions): Promise<Buffer> {
  return (await findKey(options)) ?? makeKey(options.folder);
}

/** The key there is; nothing where none is needed yet. Throws `AppError` for a text that is not a key, and where secrets are sealed with one that is gone. */
export async function findKey({ folder, given }: KeyOptions): Promise<Buffer | undefined> {
  if (given !== undefined) return parseKey(given.trim(), '`BELLHOP_KEY`');
  const path = join(folder, 'key');
  const found = (await readText(path, 'key_unreadable'))?.trim();
  if (found) return parseKey(found, `\`${path}\``);
  const sealed = await findSealed(folder);
  if (!sealed) return undefined;
  throw new AppError(
    409,
    'key_missing',
    `\`${path}\` ${found === undefined ? 'is gone' : 'is empty'}, but \`${sealed}\` holds secrets that were sealed with its key. Bring that file back, or give the key in \`BELLHOP_KEY\`. If the key is lost, move the settings files away and make the endpoints again.`,
  );
}

/** The settings file, or a backup of it, that holds something sealed. */
async function findSealed(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of names
    .filter((each) => /^settings\b.*\.json$/.test(each))
    .toSorted()
    .toReversed()) {
    const path = join(folder, name);
    if ((await readText(path, 'settings_unreadable'))?.includes(SEALED)) return path;
  }
  return undefined;
}

async function makeKey(folder: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES);
  await writeAtomically(join(folder, 'key'), `${key.toString('hex')}\n`).catch((error: unknown) => {
    throw toDiskError(error, { what: 'The key', folder });
  });
  return key;
}

function parseKey(text: string, name: string): Buffer {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  const bytes = /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0);
  if (bytes.length === KEY_BYTES) return bytes;
  throw new AppError(
    400,
    'bad_key',
    `${name} must hold 32 bytes, as 64 hex digits or in base64. \`openssl rand -hex 32\` makes such a key.`,
  );
}
