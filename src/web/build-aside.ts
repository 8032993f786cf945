import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the page is built from, besides its libraries. */
const PARTS = ['package.json', 'package-lock.json', '.npmrc', '.env.example', 'src'];
/** Milliseconds that fetching the libraries may take. */
const PATIENCE = 10 * 60_000;

/**
 * Builds the page in a folder of its own with all libraries, which is removed again: the installation stays as small as
 * asked for. Where they cannot be fetched, it says what to do, and everything but the page works.
 */
export function buildAside(root: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'bellhop-page-'));
  try {
    for (const part of PARTS)
      if (existsSync(join(root, part))) cpSync(join(root, part), join(folder, part), { recursive: true });
    const built =
      run(
        'npm',
        [
          'ci',
          '--include=dev',
          '--include=optional',
          '--ignore-scripts',
          '--no-audit',
          '--no-fund',
          '--loglevel=error',
        ],
        folder,
      ) && run(process.execPath, ['src/web/build.ts'], folder);
    if (built) cpSync(join(folder, 'src/web/dist'), join(root, 'src/web/dist'), { recursive: true });
    else
      console.error(
        'The page is not built: its libraries could not be fetched. `npm ci` without `--omit=dev` brings them.',
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(program: string, words: readonly string[], folder: string): boolean {
  const { status } = spawnSync(program, words, {
    cwd: folder,
    stdio: 'inherit',
    timeout: PATIENCE,
    shell: process.platform === 'win32',
  });
  return status === 0;
}
