import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { lockFolder } from '../../src/stores/shared/lock-folder.ts';

describe('a data folder', () => {
  it('is made when there is none', async (t) => {
    const folder = join(aFolder(t), 'deep', 'er');
    await (await lockFolder(folder)).release();
    assert.ok(statSync(folder).isDirectory());
  });

  it('is used by one process at a time', async (t) => {
    const folder = aFolder(t);
    const holder = await aHolder(t, folder);
    const message = `Another Bellhop (process ${holder.pid}) already uses \`${folder}\`. Stop it, or set DATA_DIR to another folder.`;
    await assert.rejects(lockFolder(folder), { code: 'folder_locked', message });
  });

  it('is free again once it is released', async (t) => {
    const folder = aFolder(t);
    const first = await lockFolder(folder);
    await assert.rejects(lockFolder(folder), { code: 'folder_locked' });
    await first.release();
    await (await lockFolder(folder)).release();
  });

  it('is free again when its process is killed', async (t) => {
    const folder = aFolder(t);
    const holder = await aHolder(t, folder);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await (await lockFolder(folder)).release();
  });

  it('lets nobody else in when the files of its lock are removed', {
    skip: process.platform !== 'linux' && 'only Linux has names that no file stands for',
  }, async (t) => {
    const folder = aFolder(t);
    await aHolder(t, folder);
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    await assert.rejects(lockFolder(folder), {
      code: 'folder_locked',
      message: /^Another Bellhop \(process unknown\) already uses/,
    });
  });

  for (const [what, text] of [
    ['garbage', 'This is no lock, and rather long, so that nobody takes it for one. '.repeat(50)],
    ['nothing', ''],
    ['the beginning of a lock', 'SQLite format 3\0'],
  ] as const)
    it(`can be used when there is ${what} in the files of its lock`, async (t) => {
      const folder = aFolder(t);
      for (const name of ['lock', 'lock.pid']) writeFileSync(join(folder, name), text);
      const lock = await lockFolder(folder);
      assert.equal(readFileSync(join(folder, 'lock.pid'), 'utf8'), `${process.pid}\n`);
      await lock.release();
    });

  it('says what stands in the place of its lock', async (t) => {
    const folder = aFolder(t);
    mkdirSync(join(folder, 'lock'));
    await assert.rejects(lockFolder(folder), {
      code: 'folder_unwritable',
      message: new RegExp(`^\`${join(folder, 'lock')}\` cannot be used as a lock\\.`),
    });
    rmSync(join(folder, 'lock'), { recursive: true });
    await (await lockFolder(folder)).release();
  });

  it('is refused when a file stands in its place', async (t) => {
    const file = join(aFolder(t), 'data');
    writeFileSync(file, '');
    await assert.rejects(lockFolder(file), {
      code: 'folder_unwritable',
      message: `\`${file}\` cannot be used as data folder. It is a file: remove it, or set DATA_DIR to another folder.`,
    });
    await assert.rejects(lockFolder(join(file, 'below')), {
      code: 'folder_unwritable',
      message: /A part of it is a file/,
    });
  });

  it('is refused where nobody may make folders', {
    skip: !existsSync('/proc/self') && 'this system has no /proc',
  }, async () => {
    await assert.rejects(lockFolder('/proc/bellhop/data'), { code: 'folder_unwritable', message: /in that place/ });
  });
});

function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bellhop-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function aHolder(t: TestContext, folder: string) {
  const module = new URL('../../src/stores/shared/lock-folder.ts', import.meta.url).href;
  const script = `import { lockFolder } from '${module}'; await lockFolder(process.argv[1]); gc(); gc(); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}
