import { readFile } from 'node:fs/promises';
import { badRequest } from '../../core/errors.ts';
import type { VerbParts } from './verb.ts';

/** What `-` stands for in place of a file. */
export const STDIN = '-';

/** The bytes of a file, or of standard input for `-`. Throws `AppError`. */
export async function readInput(file: string, { input }: Pick<VerbParts, 'input'>): Promise<Buffer> {
  if (file === STDIN) return input();
  return readFile(file).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'the file does not exist' : `the system says ${cause.code}`;
    throw badRequest(`\`${file}\` cannot be read: ${why}.`, cause);
  });
}
