import { readFile } from 'node:fs/promises';
import { AppError } from '../../core/errors.ts';
import { codeOf } from '../shared/disk-error.ts';

/** A file's text; nothing when there is no such file. Throws `AppError` when it cannot be read. */
export async function readText(path: string, code: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new AppError(503, code, `\`${path}\` cannot be read. Give the user that runs Bellhop the right to read it.`, {
      cause: error,
    });
  }
}
