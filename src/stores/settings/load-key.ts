import { randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../core/errors.ts';
import { toDiskError } from './disk-error.ts';
import { syncFolder } from './write-atomically.ts';

const KEY_BYTES = 32;

/** The key that seals secrets, 32 bytes: the given text, or the folder's own `key` file, which is made when there is none. Throws `AppError` for what is no key. */
export async function loadKey({
  folder,
  given,
}: {
  readonly folder: string;
  readonly given?: string;
}): Promise<Buffer> {
  if (given !== undefined) return parseKey(given.trim(), '`BELLHOP_KEY`');
  const path = join(folder, 'key');
  const found = await readKey(path);
  // A file left empty by a crash has sealed nothing yet.
  if (found) return parseKey(found, `\`${path}\``);
  return makeKey(path, folder);
}

async function readKey(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return '';
    throw new AppError(
      503,
      'key_unreadable',
      `\`${path}\` cannot be read. Give the user that runs Bellhop the right to read it.`,
      { cause: error },
    );
  }
}

async function makeKey(path: string, folder: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES);
  try {
    const file = await open(path, 'wx', 0o600).catch(async (error) => {
      if (!isCode(error, 'EEXIST')) throw error;
      return open(path, 'r+');
    });
    try {
      await file.writeFile(`${key.toString('hex')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(folder);
    return key;
  } catch (error) {
    throw toDiskError(error, folder);
  }
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

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
