import { readFileSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface ChangedFile {
  /** The folder it lies in, such as `github` or `partials`. */
  readonly group: string;
  /** Its name with its ending. */
  readonly name: string;
  readonly source: string;
}

/** A folder of folders of files, of which each is read once, until `refresh` finds it changed. */
export interface TemplateFolder {
  /** What people call it. */
  readonly label: string;
  /** The names of a group's files that end like this, without the ending. */
  names(group: string, ending: string): readonly string[];
  /** What a file says; nothing where there is none. */
  read(group: string, name: string): string | undefined;
  /** The folders that are there and cannot be listed, each with the system's reason. */
  readonly unlisted: ReadonlyMap<string, string>;
  /**
   * Takes up what was changed on disk, partials first; resolves with whether anything was. `accept` is asked of each file
   * that is new or says something else; what it refuses stays as it was.
   */
  refresh(accept: (file: ChangedFile) => boolean): Promise<boolean>;
}

interface Kept {
  /** What it says; nothing where it cannot be used and never could. */
  readonly source: string | undefined;
  /** When and how large it was when it was last looked at. */
  readonly mark: string;
}

/** Larger files are not templates. */
const LARGEST = 4 * 1024 * 1024;
const ENDINGS = ['.hbs', '.json'];

export interface FolderOptions {
  readonly path: string;
  readonly label: string;
  /** Whether `refresh` looks at every file there is, or only at those that were read. */
  readonly watchful: boolean;
}

/** Lists a folder, which need not be there. */
export async function createFolder({ path, label, watchful }: FolderOptions): Promise<TemplateFolder> {
  const kept = new Map<string, Kept>();
  let { groups, mark: listed, unlisted } = await list(path);

  const has = (group: string, name: string) => groups.get(group)?.has(name) === true;

  function readNow(key: string): Kept {
    try {
      const file = join(path, key);
      const found = statSync(file);
      if (!found.isFile() || found.size > LARGEST) return { source: undefined, mark: markOf(found) };
      return { source: readFileSync(file, 'utf8'), mark: markOf(found) };
    } catch {
      // It went away after it was listed: the next look finds it gone.
      return { source: undefined, mark: '' };
    }
  }

  /** Lists again where a file came or went. */
  async function relist(): Promise<boolean> {
    if ((await markOfFolders(path, [...groups.keys()])) === listed) return false;
    ({ groups, mark: listed, unlisted } = await list(path));
    return true;
  }

  return {
    label,
    get unlisted() {
      return unlisted;
    },
    names: (group, ending) =>
      [...(groups.get(group) ?? [])].flatMap((name) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : [])),
    read(group, name) {
      if (!has(group, name)) return undefined;
      const key = `${group}/${name}`;
      const known = kept.get(key) ?? readNow(key);
      kept.set(key, known);
      return known.source;
    },
    async refresh(accept) {
      let news = await relist();
      const all = [...groups].flatMap(([group, names]) => [...names].map((name) => `${group}/${name}`));
      const keys = new Set([...kept.keys(), ...(watchful ? all : [])]);
      for (const key of [...keys].toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)))) {
        const [group = '', name = ''] = key.split('/');
        const before = kept.get(key);
        if (!has(group, name)) {
          kept.delete(key);
          continue;
        }
        if (before && (await stat(join(path, key)).then(markOf, () => '')) === before.mark) continue;
        const { source, mark } = readNow(key);
        if (source === undefined || source === before?.source) {
          kept.set(key, { source: before?.source, mark });
          continue;
        }
        kept.set(key, { source, mark });
        news = true;
        if (!accept({ group, name, source })) kept.set(key, { source: before?.source, mark });
      }
      return news;
    },
  };
}

function isFirst(key: string): boolean {
  return key.startsWith('partials/');
}

interface Listing {
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
  /** When files last came to or went from a folder and those in it. */
  readonly mark: string;
  readonly unlisted: ReadonlyMap<string, string>;
}

async function list(path: string): Promise<Listing> {
  const unlisted = new Map<string, string>();
  const entriesOf = (name: string) =>
    readdir(join(path, name), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') unlisted.set(name, error.code ?? error.message);
      return [];
    });
  // A mounted folder may be made of links.
  const folders = (await entriesOf('')).filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
  const names = folders.map(({ name }) => name);
  // What changes after this is found by the next look.
  const mark = await markOfFolders(path, names);
  const groups = new Map<string, ReadonlySet<string>>();
  for (const name of names) {
    const files = (await entriesOf(name)).filter(
      (file) => (file.isFile() || file.isSymbolicLink()) && ENDINGS.some((ending) => file.name.endsWith(ending)),
    );
    groups.set(name, new Set(files.map((file) => file.name)));
  }
  return { groups, mark, unlisted };
}

async function markOfFolders(path: string, names: readonly string[]): Promise<string> {
  const marks = await Promise.all(['', ...names].map((name) => stat(join(path, name)).then(markOf, () => '')));
  return marks.join(' ');
}

function markOf({ mtimeMs, size }: { readonly mtimeMs: number; readonly size: number }): string {
  return `${mtimeMs}:${size}`;
}
