// Runs the tests: those of one folder share a process, and so do those of small folders, for what they import takes longer to load than most of them take to run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, glob, mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Those that take longest. Begun first, little is left to wait for at the end. */
const FIRST = ['page', 'chats', 'app', 'small', 'stores', 'render', 'delivery', 'relay', 'slack', 'discord', 'cluster'];

/** Folders, the topmost among them, whose tests take a few seconds. */
const SMALL = [
  '',
  'chaos',
  'corpus',
  'database',
  'gallery',
  'help',
  'mutes',
  'noise',
  'packaging',
  'people',
  'reading',
  'rules',
  'schedule',
  'silence',
  'templates',
];

/** How many folders run at a time: they wait for browsers, pauses and other processes half of the time. */
const AT_A_TIME = 2 * availableParallelism();

const IN_MEMORY = '/dev/shm';
/** Bytes that all tests need at most. */
const ROOM = 2 * 1024 ** 3;

const RUN_FILES = pathToFileURL(join(import.meta.dirname, 'run-files.ts')).href;

/** What an import of a provider looks like. */
const PROVIDER = /from '(?:\.\.\/)+src\/providers\/([\w-]+\.ts)'/g;

const words = process.argv.slice(2);
const flags = words.filter((word) => word.startsWith('-'));
const named = words.filter((word) => !word.startsWith('-'));
const files = await Array.fromAsync(
  glob(named.length > 0 ? named : join(import.meta.dirname, '**/*.test.ts'), { exclude: ['**/node_modules/**'] }),
);
// Without files, Node would look for some itself, and take whatever stands in a folder called test.
if (files.length === 0) throw new Error(`There are no tests in ${named.join(', ')}.`);
const folders = Map.groupBy(files.map((file) => resolve(file)).toSorted(), toProcess);
const toRank = (folder: string) => FIRST.indexOf(folder.split('-')[0] ?? '') + 1 || FIRST.length + 1;
const inOrder = Array.from(folders).toSorted(([a], [b]) => toRank(a) - toRank(b));

/** Providers that tests import. Bellhop requires providers as it needs them, which fails for one that an import is loading just then, so these are loaded before any test runs. */
const imported = await findProviders();

enableCompileCache();
const made = await mkdtemp(join(await findScratch(), 'bellhop-tests-'));
// PostgreSQL refuses to run as root, so its user has to get at its folder in here.
await chmod(made, 0o711);
try {
  const entries = await Promise.all(
    inOrder.map(async ([folder, members], index) => {
      // Node runs them in the order of their names.
      const entry = join(made, `${String(index).padStart(3, '0')}-${folder}.mjs`);
      const urls = [...imported, ...members].map((file) => pathToFileURL(file).href);
      await writeFile(
        entry,
        `import { runFiles } from ${JSON.stringify(RUN_FILES)};\nawait runFiles(${JSON.stringify(urls)});\n`,
      );
      return entry;
    }),
  );
  const child = spawn(process.execPath, ['--test', `--test-concurrency=${AT_A_TIME}`, ...flags, ...entries], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: getCompileCacheDir(), ...process.env, TMPDIR: made },
  });
  process.once('SIGTERM', () => child.kill());
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
} finally {
  await rm(made, { recursive: true, force: true, maxRetries: 5 });
}

/** Which process a file belongs to: that of a folder in `test`, of one in `test/page`, where all takes long, or that of small ones. */
function toProcess(file: string): string {
  const [folder = '', inner] = relative(import.meta.dirname, dirname(file)).split(sep);
  if (SMALL.includes(folder)) return 'small';
  return folder === 'page' && inner ? `${folder}-${inner}` : folder;
}

async function findProviders(): Promise<readonly string[]> {
  const sources = await Promise.all(
    (await Array.fromAsync(glob(join(import.meta.dirname, '**/*.ts'), { exclude: ['**/node_modules/**'] }))).map(
      (file) => readFile(file, 'utf8'),
    ),
  );
  const names = sources.flatMap((source) => Array.from(source.matchAll(PROVIDER), ([, name]) => name ?? ''));
  return [...new Set(names)].map((name) => join(import.meta.dirname, '../src/providers', name));
}

/** Where tests put their data folders: in memory if there is room, for each of their thousands of commits is synced to the disk. */
async function findScratch(): Promise<string> {
  const memory = await statfs(IN_MEMORY).catch(() => undefined);
  return memory && memory.bavail * memory.bsize > ROOM ? IN_MEMORY : tmpdir();
}
