import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { skip } from '../page/browser.ts';
import { takesLong } from '../runs.ts';

describe('npm run gallery', { skip: skip || takesLong }, () => {
  it('makes a picture of every sample in every look, light and dark, lists them on a page, and says how tall they are', async (t) => {
    const { code, out } = await run('alertmanager');
    const [, folder = ''] = /pictures are in (\S+):/.exec(out) ?? [];
    t.after(() => rm(folder, { recursive: true }));
    assert.equal(code, 0, out);
    const pictures = (await readdir(folder)).filter((name) => name.endsWith('.png'));
    assert.equal(pictures.length, 2 * 3 * 2);
    const page = await readFile(join(folder, 'index.html'), 'utf8');
    for (const picture of pictures) assert.ok(page.includes(`src="${picture}"`), picture);
    assert.match(out, /\| alertmanager\/firing +\| templates\/alertmanager\/firing.hbs +(\| \d+ +){4}\|/);
  });

  it('says which provider has no samples, and fails', async () => {
    const { code, out } = await run('nobody');
    assert.deepEqual([code, out.trim()], [1, 'There are no samples of nobody.']);
  });
});

function run(provider: string): Promise<{ readonly code: number; readonly out: string }> {
  return new Promise((resolve) =>
    execFile(process.execPath, [join(import.meta.dirname, 'run.ts'), provider], (error, out, problem) =>
      resolve({ code: error ? Number(error.code) : 0, out: out + problem }),
    ),
  );
}
