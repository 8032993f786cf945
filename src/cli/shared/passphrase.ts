import { readFile } from 'node:fs/promises';
import { AppError, badRequest } from '../../core/errors.ts';
import type { Value } from './verb.ts';

const SHORTEST = 12;

/** The passphrase of a backup: from a file, as secrets of containers are, else from the environment. Throws `AppError`. */
export async function readPassphrase(file: Value, given: string | undefined): Promise<string> {
  if (typeof file !== 'string') {
    if (given) return given;
    throw badRequest(
      'A backup is sealed with a passphrase: set BACKUP_PASSPHRASE, or name a file with `--passphrase-file`.',
    );
  }
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError(404, 'no_passphrase', `\`${file}\` cannot be read: it should hold the passphrase.`, { cause });
  });
  // Editors end a file with a line break, which nobody means.
  const passphrase = text.replace(/\r?\n$/, '');
  if (passphrase.length >= SHORTEST) return passphrase;
  throw badRequest(`The passphrase in \`${file}\` must have at least ${SHORTEST} characters.`);
}
