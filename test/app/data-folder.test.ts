import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { aPush, aWorld, type World } from '../world.ts';

describe('the data folder', () => {
  for (const [what, text] of [
    ['empty', ''],
    ['blank', ' \n'],
    ['cut off', 'x7_'],
  ] as const)
    it(`gets a new admin token where its file is ${what}`, async (t) => {
      const folder = aFolder(t);
      const path = join(folder, 'admin-token');
      writeFileSync(path, text);
      await using world = await aWorld({ folder });
      assert.equal(readFileSync(path, 'utf8'), `${world.app.adminToken}\n`);
      assert.ok(world.app.adminToken.length > 40);
      assert.equal(statSync(path).mode & 0o777, 0o600);
    });

  it('is not given to a second Bellhop when the lock’s files are removed', {
    skip: process.platform !== 'linux' && 'only Linux has names that no file stands for',
  }, async (t) => {
    const folder = aFolder(t);
    await using world = await aWorld({ folder });
    for (const name of readdirSync(folder)) if (name.startsWith('lock')) rmSync(join(folder, name));
    await assert.rejects(aWorld({ folder }), { code: 'folder_locked' });
    assert.equal((await fetch(`${world.publicUrl}/readyz`)).status, 200);
  });

  it('is left as it is by a start that finds the settings of a newer Bellhop', async (t) => {
    const folder = await aUsedFolder(t);
    const path = join(folder, 'settings.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"version": \d+/, '"version": 99'));
    const before = filesOf(folder);
    await assert.rejects(aWorld({ folder }), {
      message: `\`${path}\` line 2: was written by a newer Bellhop. Start that version, or set DATA_DIR to another folder.`,
    });
    assert.deepEqual(filesOf(folder), before);
  });

  it('is left as it is by a start that finds the journal of a newer Bellhop', async (t) => {
    const folder = await aUsedFolder(t);
    const path = join(folder, 'journal.db');
    const database = new DatabaseSync(path);
    database.exec("insert into migrations values (999, 'later', 0)");
    database.close();
    const before = filesOf(folder);
    await assert.rejects(aWorld({ folder }), {
      message: `\`${path}\` was written by a newer Bellhop. Start that version, or set DATA_DIR to another folder.`,
    });
    assert.deepEqual(filesOf(folder), before);
  });
});

describe('a settings file that was opened before and is saved now', () => {
  it('is announced in the channels of what it removed, with the file that still holds it', async (t) => {
    const folder = aFolder(t);
    await using world = await aWorld({ folder });
    await world.endpoint('github', 'in #ops');
    const path = join(folder, 'settings.json');
    const opened = readFileSync(path, 'utf8');
    await world.endpoint('generic', 'in #dev as fresh');
    await world.type('/webhook mute github source=acme/api for 3h');
    writeFileSync(path, opened.replace('"admins": []', '"admins": ["slack:U1"]'));
    const [dev, ops] = [await aNotice(world, 'dev'), await aNotice(world, 'ops')];
    const [backup = ''] = readdirSync(folder).filter((name) => name.startsWith('settings.backup-'));
    assert.match(dev, /^Somebody saved the settings file.*\n\n- the endpoint `fresh`\n/);
    assert.match(ops, /- the mute source\\?=acme\/api of `github`/);
    assert.ok(dev.includes(backup) && ops.includes(backup));
    assert.ok(!ops.includes('fresh'));
    assert.match(readFileSync(join(folder, backup), 'utf8'), /"name": "fresh"/);
  });
});

/** Resolves with the notice that a channel is sent. */
async function aNotice(world: World, channel: string): Promise<string> {
  for (;;) {
    const found = (await world.messages(channel)).find(({ message }) => message.title?.text.startsWith('An edit of'));
    if (found) return found.message.body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function aUsedFolder(t: TestContext): Promise<string> {
  const folder = aFolder(t);
  const world = await aWorld({ folder });
  await world.deliver(await world.endpoint('github', 'in #ops'), aPush());
  await world.settled();
  await world.app.stop();
  return folder;
}

/** What each file holds, but for those of the lock. */
function filesOf(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('lock'))
    .map((name) => [name, readFileSync(join(folder, name), 'latin1')] as const);
}

function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bellhop-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
