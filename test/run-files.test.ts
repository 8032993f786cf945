import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

describe('npm test', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tests-of-tests-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('runs the tests of every file, also where nothing that they wait for keeps the process alive', async () => {
    const { code, output } = await run({
      'first.test.ts': `
        import { it } from 'node:test';
        it('is done early', () => undefined);`,
      'second.test.ts': `
        import { it } from 'node:test';
        await new Promise((resolve) => setTimeout(resolve, 50));
        it('waits', () => new Promise((resolve) => setTimeout(resolve, 100).unref()));
        it('comes after it', () => undefined);`,
    });
    assert.equal(code, 0, output);
    assert.match(output, /tests 3\n/);
  });

  it('fails where a process ends before its last test', async () => {
    const { code, output } = await run({
      'only.test.ts': `
        import { it } from 'node:test';
        it('leaves', () => process.exit(0));
        it('is never begun', () => undefined);`,
    });
    assert.equal(code, 1, output);
    assert.match(output, /ended before its last test/);
  });

  async function run(files: Readonly<Record<string, string>>): Promise<{ code: number; output: string }> {
    const paths = Object.keys(files).map((name) => join(folder, name));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { promise, resolve } = Promise.withResolvers<{ code: number; output: string }>();
    execFile(process.execPath, [join(import.meta.dirname, 'run.ts'), ...paths], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? (typeof error.code === 'number' ? error.code : -1) : 0, output: stdout + stderr }),
    );
    return promise;
  }
});
