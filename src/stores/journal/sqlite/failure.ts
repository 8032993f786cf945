import { AppError } from '../../../core/errors.ts';
import type { Failure } from './protocol.ts';

const RETRY_AFTER = 5000;

// https://sqlite.org/rescode.html
const BUSY = 5;
const READONLY = 8;
const IO_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

/** A refusal of SQLite as an error: for people where they can do something about it, unforeseen otherwise. */
export function toError({ code, message }: Failure, path: string): Error {
  const cause = new Error(`SQLite: ${message} (${code})`);
  const later = { cause, retryAfter: RETRY_AFTER };
  // The upper bits only say where it happened.
  switch (code & 0xff) {
    case FULL:
      return new AppError(
        503,
        'journal_full',
        `The disk that holds \`${path}\` is full. Free some space, or shorten the retention.`,
        later,
      );
    case IO_ERROR:
      return new AppError(
        503,
        'journal_unwritable',
        `The disk refuses to write \`${path}\`. Check the disk and its free space.`,
        later,
      );
    case READONLY:
    case CANNOT_OPEN:
      return new AppError(
        503,
        'journal_unwritable',
        `\`${path}\` cannot be written. Give the user that runs Bellhop the right to write it and its folder.`,
        later,
      );
    case BUSY:
      return new AppError(503, 'journal_busy', `Another program has locked \`${path}\`. Close that program.`, later);
    case CORRUPT:
    case NOT_A_DATABASE:
      return new AppError(
        503,
        'journal_damaged',
        `\`${path}\` is damaged or not a Bellhop journal. Restore it from a backup, or move it away to start an empty one.`,
        { cause },
      );
    default:
      return cause;
  }
}
