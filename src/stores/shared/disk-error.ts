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
  EISDIR: 'a folder stands in its place. Move that away',
  EIO: 'its disk fails. Check the disk',
};

/** A refusal of the disk as an error that says what to do. `what` begins its sentence: `The settings`. */
export function toDiskError(
  error: unknown,
  {
    what,
    folder,
    code = 'folder_unwritable',
  }: { readonly what: string; readonly folder: string; readonly code?: string },
): AppError {
  const found = codeOf(error) ?? 'unknown';
  const reason = REASONS[found] ?? `the disk refuses (${found})`;
  return new AppError(503, code, `${what} in \`${folder}\` could not be saved: ${reason}.`, {
    cause: error,
    retryAfter: RETRY_AFTER,
  });
}

/** The system's own name for a failure, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
