import { readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Imports every module in a folder and keys its default export by file name.
 * This is the whole plugin system: to add something, add a file.
 */
export async function discover<T>(folder: string): Promise<ReadonlyMap<string, T>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).toSorted();
  const modules = await Promise.all(
    files.map(async (file): Promise<[string, T]> => {
      const module: { default?: T } = await import(pathToFileURL(join(folder, file)).href);
      if (module.default === undefined) throw new Error(`${join(folder, file)} has no default export`);
      return [parse(file).name, module.default];
    }),
  );
  return new Map(modules);
}
