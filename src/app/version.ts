import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The version of this Bellhop, such as `0.1.0`. */
export async function readVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
