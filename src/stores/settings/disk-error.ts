import { AppError } from '../../core/errors.ts';

const RETRY_AFTER = 5000;

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'its disk is full. Free some space',
  EDQUOT: 'its disk quota is used up. Free some space',
  EACCES: 'Bellhop may not write there. Give the user that runs it the right to write',
  EPERM: 'Bellhop may not write there. Give the user that runs it the right to write',
  EROFS: 'its file system is read-only. Mount it writable, or set DATA_DIR to another folder',
  ENOENT: 'the folder is gone. Bring it back',
  ENOTDIR: 'it is not a folder. Set DATA_DIR to one',
  EIO: 'its disk fails. Check the disk',
};

/** A refusal of the disk as an error that says what to do. */
export function toDiskError(error: unknown, folder: string): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code] ?? `the disk refuses (${code || 'unknown'})`;
  return new AppError(503, 'settings_unwritable', `The settings in \`${folder}\` could not be saved: ${reason}.`, {
    cause: error,
    retryAfter: RETRY_AFTER,
  });
}
