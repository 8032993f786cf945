import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface WriteOptions {
  /** Asked just before the file is replaced: whether it should be left as it is after all. */
  readonly unless?: () => Promise<boolean>;
}

/** Replaces a file so that, whatever happens, either the old or the new text is there. Resolves once the new one is synced to disk, with whether it was written. */
export async function writeAtomically(
  path: string,
  text: string,
  { unless = async () => false }: WriteOptions = {},
): Promise<boolean> {
  // Beside the file: a rename is atomic only within one file system.
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if (await unless()) {
      await rm(temporary, { force: true });
      return false;
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
  return true;
}

/** Makes names in a folder last: a synced file can still lose its name. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
