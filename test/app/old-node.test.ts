import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
/** Where a machine may have a Node of its own that is older; else an older version is put into the mouth of this one. */
const SYSTEM = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => existsSync(path) && majorOf(path) < 24);

describe('an installation that is not whole', () => {
  it('says what to do in one line where Node is too old, before and after `npm ci`', (t) => {
    const folder = aCheckout(t);
    const before = startIn(folder, { version: '20.20.2' });
    assert.deepEqual(before, { status: 1, errors: 'Bellhop needs Node 24; this is 20.20. `npm ci` brings it.\n' });
    mkdirSync(join(folder, 'node_modules/node/bin'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/node/bin/node'), '');
    const after = startIn(folder, { version: '24.3.0' });
    assert.equal(
      after.errors,
      'Bellhop needs Node 24.12; this is 24.3. `npm start`, `npm test` and `npx bellhop` use the one that `npm ci` brought.\n',
    );
  });

  it('can be read by an old Node', { skip: !SYSTEM && 'there is no older Node here' }, (t) => {
    const { status, errors } = startIn(aCheckout(t), { node: SYSTEM });
    assert.equal(status, 1);
    assert.match(errors, /^Bellhop needs Node 24; this is \d+\.\d+\. `npm ci` brings it\.\n$/);
  });

  it('says the same before the tests, the bench and the like', (t) => {
    const folder = aCheckout(t);
    writeFileSync(join(folder, 'old.cjs'), toOld('20.20.2').slice(MODULE.length));
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const words: readonly string[] = scripts.test.split(' ');
    assert.equal(words[0], 'node');
    const { status, stderr } = spawnSync(process.execPath, ['-r', './old.cjs', ...words.slice(1)], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.deepEqual([status, stderr], [1, 'Bellhop needs Node 24; this is 20.20. `npm ci` brings it.\n']);
  });

  it('says what to do in one line where libraries are missing', (t) => {
    const { status, errors } = startIn(aCheckout(t));
    assert.deepEqual(
      [status, errors],
      [1, 'Bellhop’s libraries are not installed, or not all of them. Type `npm ci`, then the same again.\n'],
    );
  });

  it('has a lock file that names Node among what production needs, and no address of a registry', () => {
    const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
    assert.equal(JSON.parse(lock).packages['node_modules/node'].dev, undefined);
    assert.doesNotMatch(lock, /"resolved"/);
  });
});

/** The sources without libraries. */
function aCheckout(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bellhop-checkout-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true, filter: (path) => !path.includes('src/web') });
  return folder;
}

function startIn(
  folder: string,
  { node = process.execPath, version }: { node?: string | undefined; version?: string } = {},
) {
  const program = join(folder, 'src/bellhop.js');
  const words = version ? ['--import', toOld(version)] : [];
  const { status, stderr } = spawnSync(node, [...words, program, '--version'], { cwd: folder, encoding: 'utf8' });
  return { status, errors: stderr };
}

const MODULE = 'data:text/javascript,';

/** A module that has Node say it is of this version. */
function toOld(version: string): string {
  return `${MODULE}Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`;
}

function majorOf(node: string): number {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return Number(/^v(\d+)\./.exec(stdout)?.[1] ?? Number.NaN);
}
