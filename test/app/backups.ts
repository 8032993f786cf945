import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { runCli } from '../../src/app/run-cli.ts';

const PASSPHRASE = 'a door that opens inwards';

/** Runs a verb of the command line in this process. */
export async function bellhop(words: readonly string[], environment: Readonly<Record<string, string>>) {
  let [output, errors] = ['', ''];
  const code = await runCli({
    words,
    environment: () => ({ BACKUP_PASSPHRASE: PASSPHRASE, ...environment }),
    verbs: join(import.meta.dirname, '../../src/cli'),
    streams: { out: (text) => (output += text), err: (text) => (errors += text) },
  });
  return { code, output, errors };
}

/** A folder that goes with its test. */
export function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bellhop-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
