import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { it } from 'node:test';

/** Who may import whom. A folder may always import from itself, unless its files are meant to stay apart. `app/` may import everything. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  filter: ['core', 'render'],
  reading: ['core'],
  signatures: ['core'],
  handshakes: ['core', 'signatures'],
  providers: ['core', 'reading', 'signatures', 'handshakes'],
  render: ['core', 'reading'],
  relay: ['core', 'filter', 'reading', 'render'],
  stores: ['core'],
  commands: ['core'],
  platforms: ['core'],
  http: ['core', 'relay'],
  schedule: ['core'],
  cli: ['core'],
  web: ['core'],
};
/** Each file here stands alone: what several need is in a folder named `shared`. */
const APART = ['providers', 'commands', 'schedule', 'cli'];
const SIBLINGS_APART = ['platforms', 'stores'];

/** The folders of `core/`, from the ground up: each may import those before it, and all may import the files beside them. */
const CORE = ['text', 'message', 'delivery', 'event', 'provider', 'settings', 'command', 'platform'];

/** How many files a folder holds at most, unless each of them is one more of the same kind. */
const CROWD = 20;
const COLLECTIONS = ['src/commands', 'src/providers', 'src/render/helpers', 'src/schedule'];

/** The one place each library may be seen. */
const HOMES: Readonly<Record<string, string>> = {
  fastify: 'src/http/',
  '@slack/bolt': 'src/platforms/slack/',
  'discord.js': 'src/platforms/discord/',
  handlebars: 'src/render/',
  marked: 'src/render/',
  re2js: 'src/render/',
  kysely: 'src/stores/journal/',
  pg: 'src/stores/',
  'node:sqlite': 'src/stores/',
  'graphile-worker': 'src/stores/cluster/',
  lowdb: 'src/stores/settings/',
  'node-cron': 'src/schedule/',
  jose: 'src/signatures/',
  '@marcbachmann/cel-js': 'src/filter/',
};

const files = globSync('src/*/**/*.{ts,tsx}', { exclude: ['src/app/**', 'src/web/dist/**'] });

it('imports point inwards only', () => {
  const offences = files.flatMap((file) => {
    const [, layer = ''] = file.split('/');
    return localImports(file)
      .filter(({ layer: target, room }) =>
        target === layer ? APART.includes(layer) && room !== 'shared' : !LAYERS[layer]?.includes(target),
      )
      .map(({ path }) => `${file} imports ${path}`);
  });
  assert.deepEqual(offences, []);
});

it('the folders of `core/` import downwards only', () => {
  const offences = globSync('src/core/*/*.ts').flatMap((file) => {
    const [, , floor = ''] = file.split('/');
    return localImports(file)
      .filter(({ room, deep }) => deep && CORE.indexOf(room) > CORE.indexOf(floor))
      .map(({ path }) => `${file} imports ${path}`);
  });
  assert.deepEqual(offences, []);
});

it('no file imports itself by way of others, not even its types', () => {
  const sources = globSync('src/**/*.{ts,tsx,js}', { exclude: ['src/web/dist/**'] });
  const graph = new Map(sources.map((file) => [file, targetsOf(file)]));
  assert.deepEqual(findCycles(graph), []);
});

it('no folder is crowded', () => {
  const counts = new Map<string, number>();
  for (const file of globSync('{src,test}/**/*.{ts,tsx,js}', {
    exclude: ['src/web/dist/**', 'test/{vendors,openapi}/node_modules/**'],
  }))
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  const crowded = [...counts].filter(([folder, count]) => count > CROWD && !COLLECTIONS.includes(folder));
  assert.deepEqual(crowded, []);
});

it('platforms do not see one another, nor do stores', () => {
  const offences = files.flatMap((file) => {
    const [, layer = '', room = ''] = file.split('/');
    if (!SIBLINGS_APART.includes(layer)) return [];
    return localImports(file)
      .filter(({ layer: target, room: other }) => target === layer && other !== room && other !== 'shared')
      .map(({ path }) => `${file} imports ${path}`);
  });
  assert.deepEqual(offences, []);
});

it('what all journals share knows no particular database, nor does one know another', () => {
  const databaseOf = (file: string) => /^src\/stores\/journal\/(sqlite|postgres)\//.exec(file)?.[1];
  const offences = globSync('src/stores/journal/**/*.ts').flatMap((file) =>
    targetsOf(file)
      .filter((target) => ![undefined, databaseOf(file)].includes(databaseOf(target)))
      .map((target) => `${file} imports ${target}`),
  );
  assert.deepEqual(offences, []);
});

it('libraries stay at home', () => {
  const offences = globSync('src/**/*.ts', { exclude: ['src/web/**'] }).flatMap((file) =>
    importsOf(file, { types: false })
      .filter((library) => library in HOMES && !file.startsWith(HOMES[library] ?? ''))
      .map((library) => `${file} imports ${library}`),
  );
  assert.deepEqual(offences, []);
});

it('only main.ts reads the environment', () => {
  const readers = globSync('src/**/*.ts', { exclude: ['src/web/**'] }).filter((file) =>
    /process\.env\b/.test(readFileSync(file, 'utf8')),
  );
  assert.deepEqual(readers, ['src/main.ts']);
});

/** Names of providers that are words of ours too: two chats, a family of headers, and plain English. */
const WORDS = ['generic', 'slack', 'discord', 'svix', 'plain', 'line', 'front', 'render', 'linear', 'custom'];

it('no provider is named outside its own file', () => {
  const names = globSync('src/providers/*.ts')
    .map((file) => file.slice('src/providers/'.length, -3))
    .filter((name) => !WORDS.includes(name));
  const offences = globSync('src/{core,relay,http,stores,schedule,signatures}/**/*.ts').flatMap((file) =>
    names
      .filter((name) => new RegExp(`['"]${name}['"]`).test(readFileSync(file, 'utf8')))
      .map((name) => `${file} names ${name}`),
  );
  assert.ok(names.length > 200);
  assert.deepEqual(offences, []);
});

it('the map names files and folders that exist', () => {
  const named = [...readFileSync('src/README.md', 'utf8').matchAll(/`([a-z][\w/-]*(?:\/|\.(?:tsx?|md)))`/g)];
  const paths = named.map(([, path = '']) => path);
  // What lies in a folder that the same line names is named by its end.
  const missing = paths.filter((path) => !existsSync(path) && globSync(`src/**/${path}`).length === 0);
  assert.ok(paths.length > 30);
  assert.deepEqual(missing, []);
});

it('the map lists every folder of `src/`', () => {
  const map = readFileSync('src/README.md', 'utf8');
  const folders = globSync('src/*/', {}).map((folder) => folder.slice('src/'.length));
  assert.deepEqual(
    folders.filter((folder) => !map.includes(`\`${folder}/\``)),
    [],
  );
});

interface LocalImport {
  readonly path: string;
  /** The folder in `src/`, and the folder in that, where there is one. */
  readonly layer: string;
  readonly room: string;
  readonly deep: boolean;
}

/** What a file imports from files of ours, those left out whose text alone it wants. */
function localImports(file: string): readonly LocalImport[] {
  return importsOf(file)
    .filter((path) => path.startsWith('.') && !path.endsWith('?raw'))
    .map((path) => {
      const [, layer = '', room = '', below] = normalize(join(dirname(file), path)).split('/');
      return { path, layer, room, deep: below !== undefined };
    });
}

function targetsOf(file: string): readonly string[] {
  return importsOf(file)
    .filter((path) => path.startsWith('.'))
    .map((path) => normalize(join(dirname(file), path)));
}

/** Each cycle once, as the files on it in order. */
function findCycles(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  function visit(file: string, path: readonly string[]): void {
    const start = path.indexOf(file);
    if (start !== -1) cycles.push([...path.slice(start), file].join(' → '));
    if (start !== -1 || done.has(file)) return;
    for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  }
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

function importsOf(file: string, { types = true } = {}): readonly string[] {
  const source = readFileSync(file, 'utf8');
  const imports = source.matchAll(/^\s*(import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)/gm);
  return [...imports].filter(([, , type]) => types || !type).map(([, , , path, dynamic]) => path ?? dynamic ?? '');
}
