import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { it } from 'node:test';

/** Who may import whom. A folder may always import from itself, unless its files are meant to stay apart. `app/` may import everything. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  reading: ['core'],
  signatures: ['core'],
  handshakes: ['core'],
  providers: ['core', 'reading', 'signatures', 'handshakes'],
  render: ['core', 'reading'],
  relay: ['core', 'reading', 'render'],
  stores: ['core'],
  commands: ['core'],
  platforms: ['core'],
  http: ['core', 'relay'],
  schedule: ['core'],
  cli: ['core'],
};
/** Each file here stands alone: what several need is in a folder named `shared`. */
const APART = ['providers', 'commands', 'cli'];
const SIBLINGS_APART = ['platforms', 'stores'];

/** The one place each library may be seen. */
const HOMES: Readonly<Record<string, string>> = {
  fastify: 'src/http/',
  '@slack/bolt': 'src/platforms/slack/',
  'discord.js': 'src/platforms/discord/',
  handlebars: 'src/render/',
  marked: 'src/render/',
  kysely: 'src/stores/journal/',
  'node:sqlite': 'src/stores/journal/',
  lowdb: 'src/stores/settings/',
  'node-cron': 'src/schedule/',
};

const files = globSync('src/*/**/*.ts', { exclude: ['src/app/**', 'src/web/**'] });

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

it('platforms do not see one another, nor do stores', () => {
  const offences = files.flatMap((file) => {
    const [, layer = '', room = ''] = file.split('/');
    if (!SIBLINGS_APART.includes(layer)) return [];
    return localImports(file)
      .filter(({ layer: target, room: other }) => target === layer && other !== room)
      .map(({ path }) => `${file} imports ${path}`);
  });
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

it('no provider is named outside its own file', () => {
  const names = globSync('src/providers/*.ts')
    .map((file) => file.slice('src/providers/'.length, -3))
    .filter((name) => name !== 'generic');
  const offences = globSync('src/{core,relay,http,stores,schedule,signatures}/**/*.ts').flatMap((file) =>
    names
      .filter((name) => new RegExp(`['"]${name}['"]`).test(readFileSync(file, 'utf8')))
      .map((name) => `${file} names ${name}`),
  );
  assert.ok(names.length > 10);
  assert.deepEqual(offences, []);
});

function localImports(file: string): readonly { path: string; layer: string; room: string }[] {
  return importsOf(file)
    .filter((path) => path.startsWith('.'))
    .map((path) => {
      const [, layer = '', room = ''] = normalize(join(dirname(file), path)).split('/');
      return { path, layer, room };
    });
}

function importsOf(file: string, { types = true } = {}): readonly string[] {
  const source = readFileSync(file, 'utf8');
  const imports = source.matchAll(/^\s*(import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)/gm);
  return [...imports].filter(([, , type]) => types || !type).map(([, , , path, dynamic]) => path ?? dynamic ?? '');
}
