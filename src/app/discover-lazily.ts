import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, parse } from 'node:path';

const require = createRequire(import.meta.url);

/** Every module in a folder, keyed by file name as `discover` does, each imported when it is first asked for. */
export async function discoverLazily<T>(folder: string): Promise<ReadonlyMap<string, T>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).toSorted();
  const loaders = new Map(files.map((file) => [parse(file).name, () => load<T>(join(folder, file))]));
  const loaded = new Map<string, T>();

  function get(name: string): T | undefined {
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const module = loaders.get(name)?.();
    if (module !== undefined) loaded.set(name, module);
    return module;
  }

  function* entries(): MapIterator<[string, T]> {
    for (const [name, loadIt] of loaders) yield [name, loaded.get(name) ?? loadIt()];
  }

  const found: ReadonlyMap<string, T> = {
    size: loaders.size,
    has: (name) => loaders.has(name),
    get,
    keys: () => loaders.keys(),
    entries,
    *values(): MapIterator<T> {
      for (const [, value] of entries()) yield value;
    },
    forEach(callback) {
      for (const [name, value] of entries()) callback(value, name, found);
    },
    [Symbol.iterator]: entries,
  };
  return found;
}

function load<T>(file: string): T {
  const module: { default?: T } = require(file);
  if (module.default === undefined) throw new Error(`${file} has no default export`);
  return module.default;
}

/** The text of every module in a folder, keyed by file name, for what is worth knowing without running it. */
export async function readModules(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).toSorted();
  return new Map(
    await Promise.all(
      files.map(
        async (file): Promise<[string, string]> => [parse(file).name, await readFile(join(folder, file), 'utf8')],
      ),
    ),
  );
}
