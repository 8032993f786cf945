import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { AppError } from '../../core/errors.ts';
import { codeOf, toDiskError } from '../shared/disk-error.ts';
import { HEADER_BYTES, MAGIC, makeHeader, openHeader } from './archive-header.ts';
import {
  createFrameOpener,
  createFrameSealer,
  FRAME_BYTES,
  type Frame,
  LENGTH_BYTES,
  LONGEST_FRAME,
} from './frames.ts';

/** One file of an archive: its name in the data folder, and where its bytes are now. */
export interface ArchiveEntry {
  readonly name: string;
  readonly path: string;
}

/** Writes files into one, sealed with a passphrase. The file is there whole or not at all. Throws `AppError`. */
export async function writeArchive(
  file: string,
  { passphrase, entries }: { readonly passphrase: string; readonly entries: readonly ArchiveEntry[] },
): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const target = await open(temporary, 'w', 0o600);
    try {
      await fill(target, passphrase, entries);
      await target.sync();
    } finally {
      await target.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    if (error instanceof AppError) throw error;
    throw toDiskError(error, { what: 'The backup', folder: file });
  }
}

async function fill(target: FileHandle, passphrase: string, entries: readonly ArchiveEntry[]): Promise<void> {
  const { header, ...archiveKey } = await makeHeader(passphrase);
  const seal = createFrameSealer(archiveKey);
  const write = async (frame: Frame) => void (await target.writeFile(seal(frame)));
  await target.writeFile(header);
  for (const { name, path } of entries) {
    await write({ kind: 'name', name });
    for await (const bytes of createReadStream(path, { highWaterMark: FRAME_BYTES }))
      await write({ kind: 'data', bytes });
  }
  await write({ kind: 'end' });
}

/** Reads an archive frame by frame. Throws `AppError` when it is none, was cut short or changed, or another passphrase made it. */
export async function* readArchive(
  file: string,
  passphrase: string,
): AsyncGenerator<Exclude<Frame, { readonly kind: 'end' }>> {
  const source = await open(file, 'r').catch((cause: unknown) => {
    const reason = codeOf(cause) === 'ENOENT' ? 'does not exist' : 'cannot be read';
    throw new AppError(404, 'no_backup', `\`${file}\` ${reason}. Name a file that \`bellhop backup\` made.`, { cause });
  });
  try {
    const header = await take(source, MAGIC.length + HEADER_BYTES);
    if (!header.subarray(0, MAGIC.length).equals(Buffer.from(MAGIC)))
      throw new AppError(409, 'no_backup', `\`${file}\` is not a backup of Bellhop, or one of a newer Bellhop.`);
    if (header.length < MAGIC.length + HEADER_BYTES) throw cutShort(file);
    const unseal = createFrameOpener(await openHeader(header, passphrase, file));
    for (;;) {
      const length = await take(source, LENGTH_BYTES);
      if (length.length < LENGTH_BYTES) throw cutShort(file);
      const size = length.readUInt32BE();
      if (size > LONGEST_FRAME) throw changed(file);
      const sealed = await take(source, size);
      if (sealed.length < size) throw cutShort(file);
      const frame = unseal(sealed);
      if (!frame) throw changed(file);
      if (frame.kind !== 'end') yield frame;
      else if ((await take(source, 1)).length > 0) throw changed(file);
      else return;
    }
  } finally {
    await source.close();
  }
}

/** So many bytes, or as many as there are. */
async function take(source: FileHandle, size: number): Promise<Buffer> {
  const buffer = Buffer.alloc(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await source.read(buffer, filled, size - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

function cutShort(file: string): AppError {
  return new AppError(
    409,
    'backup_cut',
    `\`${file}\` was cut short: its end is missing. Take another backup, or copy it again.`,
  );
}

function changed(file: string): AppError {
  return new AppError(
    409,
    'backup_changed',
    `\`${file}\` was changed since it was made. Take another backup, or copy it again.`,
  );
}
