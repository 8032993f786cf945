import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
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
import { after, describe, it } from 'node:test';
import type { AppError } from '../../src/core/errors.ts';
import { emptySettings, type Settings } from '../../src/core/settings/settings.ts';
import { loadKey } from '../../src/stores/settings/load-key.ts';
import { VERSION } from '../../src/stores/settings/migrations.ts';
import { openSettings } from '../../src/stores/settings/open-settings.ts';
import { readSettings } from '../../src/stores/settings/read-settings.ts';
import { aMute, anEndpoint, describeSettings } from '../contracts/settings.ts';
import { createMemorySettings } from './memory-settings.ts';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describeSettings('memory', async () => createMemorySettings());
describeSettings('file', async () => openSettings({ folder: aFolder(), key: randomBytes(32) }));

describe('the settings file', () => {
  it('is there again after a restart, with every secret in plain', async () => {
    const { folder, key, store } = await aStore();
    await store.close();
    const again = await openSettings({ folder, key });
    assert.deepEqual(again.current, store.current);
    await again.close();
  });

  it('holds no token and no secret in plain', async () => {
    const { text } = await aStore();
    assert.doesNotMatch(text(), /token-of-e1|secret-of-e1/);
    assert.equal(text().match(/"sealed:v1:[0-9a-f]{8}:[\w-]+"/g)?.length, 2);
  });

  it('can be read by its owner only', async () => {
    const { path } = await aStore();
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it('changes no line that no change touched', async () => {
    const { store, text } = await aStore({ admins: ['local:zoe'] });
    const before = text().split('\n');
    await store.update((settings) => ({ ...settings, admins: ['local:bo'] }));
    const now = text().split('\n');
    assert.deepEqual(
      now.filter((line) => !before.includes(line)),
      ['    "local:bo"'],
    );
  });

  it('leaves nothing beside it but its backup and a mark of what was written', async () => {
    const { folder, text } = await aStore();
    assert.deepEqual(readdirSync(folder), ['settings.backup.json', 'settings.json', 'settings.written']);
    assert.equal(readFileSync(join(folder, 'settings.backup.json'), 'utf8'), text());
  });

  it('opens with no other key, and says in one line which one it needs', async () => {
    const { folder, store } = await aStore();
    await store.close();
    await assert.rejects(openSettings({ folder, key: randomBytes(32) }), {
      code: 'settings_sealed',
      message: /^\d+ secrets in the settings were sealed with key `\w{8}`, but the key given is `\w{8}`\. [^\n]*$/,
    });
  });

  it('opens no secret that was moved to another endpoint', async () => {
    const { folder, key, store, edit, text } = await aStore({
      endpoints: [anEndpoint(), anEndpoint({ id: 'e2', name: 'other', token: 'token-of-e2' })],
    });
    await store.close();
    const [first, , second] = text().match(/sealed:v1:[^"]+/g) ?? [];
    edit((before) =>
      before
        .replace(first as string, 'swap')
        .replace(second as string, first as string)
        .replace('swap', second as string),
    );
    await assert.rejects(openSettings({ folder, key }), {
      code: 'settings_sealed',
      message: /token of endpoint `api-alerts` was changed or moved[\s\S]*token of endpoint `other`/,
    });
  });

  it('takes a secret that somebody wrote in plain, and seals it at the next change', async () => {
    const { folder, key, store, edit, text } = await aStore();
    await store.close();
    edit((before) => before.replace(/sealed:v1:[^"]+/, 'by-hand'));
    const again = await openSettings({ folder, key });
    assert.equal(again.current.endpoints[0]?.token, 'by-hand');
    await again.update((settings) => ({ ...settings, admins: [] }));
    assert.doesNotMatch(text(), /by-hand/);
    await again.close();
  });
});

describe('an edit by hand', () => {
  it('is refused at start with its line, and the way out', async () => {
    const { folder, key, path, store, edit } = await aStore({ mutes: [aMute()] });
    await store.close();
    edit((before) => before.replace('"until": "2026-03-01T12:00:00Z"', '"until": "noon"').replace('"by": "ana",', ''));
    const message = `\`${path}\` line 38: \`until\` must be an ISO 8601 time, such as \`2026-01-31T14:00:00Z\`.
\`${path}\` line 32: \`by\` is missing.
Fix it, or put \`${join(folder, 'settings.backup.json')}\` in its place: that one holds the last good settings.`;
    await assert.rejects(openSettings({ folder, key }), { code: 'settings_broken', message });
  });

  const mistakes = [
    [
      'a comma too many',
      (text: string) => text.replace('"admins": []', '"admins": [],'),
      /line \d+: property name expected/,
    ],
    [
      'a comment, which the next change would lose',
      (text: string) => text.replace('"admins"', '// us\n"admins"'),
      /line \d+: a comment would be lost/,
    ],
    [
      'a name given twice',
      (text: string) => text.replace('"admins"', '"admins": ["local:x"],\n"admins"'),
      /line \d+: `admins` is given twice/,
    ],
    [
      'an unknown name',
      (text: string) => text.replace('"admins"', '"admin": [],\n"admins"'),
      /line \d+: `admin` is not a known setting/,
    ],
    [
      'no version',
      (text: string) => text.replace(`"version": ${VERSION},`, ''),
      new RegExp(`\`version\` must be ${VERSION}`),
    ],
    ['a list instead of the document', () => '[]', /must be an object/],
    ['nothing', () => '', /line 1: value expected/],
  ] as const;
  for (const [what, mistake, message] of mistakes) {
    it(`is refused with ${what}`, async () => {
      const { store, edit } = await aStore();
      edit(mistake);
      await assert.rejects(
        store.update((settings) => ({ ...settings, admins: ['local:bo'] })),
        { status: 409, code: 'settings_broken', message },
      );
      await store.close();
    });
  }

  it('is read as it is where version 1 wrote it, and written as the version of today', async () => {
    const { store, edit, folder } = await aStore();
    const people = [{ name: 'Ada', aliases: ['octocat'], ids: { slack: 'U1' } }];
    edit((text) =>
      text
        .replace(`"version": ${VERSION}`, '"version": 1')
        .replace('"people": []', `"people": ${JSON.stringify(people)}`),
    );
    await store.update((settings) => ({ ...settings, admins: ['local:bo'] }));
    assert.deepEqual(store.current.people, people);
    assert.match(readFileSync(join(folder, 'settings.json'), 'utf8'), new RegExp(`"version": ${VERSION}`));
    await store.close();
  });

  it('is refused with the version of a newer Bellhop', async () => {
    const { store, edit } = await aStore();
    edit((text) => text.replace(`"version": ${VERSION}`, `"version": ${VERSION + 1}`));
    await assert.rejects(
      store.update((settings) => ({ ...settings, admins: ['local:bo'] })),
      { status: 409, code: 'settings_newer', message: /line 2: was written by a newer Bellhop\. Start that version/ },
    );
    await store.close();
  });

  it('is never overwritten, broken or not', async () => {
    const { store, edit, text } = await aStore();
    edit(() => 'broken');
    await assert.rejects(store.update(() => store.current && { ...store.current, admins: [] }));
    assert.equal(text(), 'broken');
    await store.close();
  });

  it('is the ground for the next change', async () => {
    const { store, edit } = await aStore({ admins: ['local:zoe'] });
    edit((before) => before.replace('local:zoe', 'local:bo'));
    await store.update((settings) => ({ ...settings, admins: [...settings.admins, 'local:cy'] }));
    assert.deepEqual(store.current.admins, ['local:bo', 'local:cy']);
    await store.close();
  });

  it('counts at once while Bellhop runs', { timeout: 120_000 }, async () => {
    const { store, edit } = await aStore({ admins: ['local:zoe'] });
    const changed = new Promise<Settings>((resolve) => store.onChange(resolve));
    edit((before) => before.replace('local:zoe', 'local:bo'));
    assert.deepEqual((await changed).admins, ['local:bo']);
    await store.close();
  });

  it('is reported when it is broken, and changes nothing', { timeout: 120_000 }, async () => {
    const { store, edit, problem } = await aStore({ admins: ['local:zoe'] });
    edit((before) => before.replace('local:zoe', 'zoe'));
    assert.match(await problem, /line \d+: `admins\[0\]` must be `platform:user`[\s\S]*stay as they were/);
    assert.deepEqual(store.current.admins, ['local:zoe']);
    await store.close();
  });

  it('leaves the backup as the last good one', { timeout: 120_000 }, async () => {
    const { folder, store, edit, text, problem } = await aStore();
    const good = text();
    edit(() => '{');
    await problem;
    assert.equal(readFileSync(join(folder, 'settings.backup.json'), 'utf8'), good);
    await store.close();
  });
});

describe('settings that are only looked at', () => {
  it('are left as they are, with all that is beside them', async () => {
    const { folder, key, store, edit } = await aStore({ mutes: [aMute()] });
    await store.close();
    edit((before) => before.replace('"admins": []', '"admins": ["local:bo"]'));
    const files = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
    const before = files();
    const settings = await readSettings({ folder, given: key.toString('hex') });
    assert.deepEqual([settings.admins, settings.mutes], [['local:bo'], store.current.mutes]);
    assert.deepEqual(files(), before);
  });

  it('are empty where there are none, and no key is made', async () => {
    const folder = aFolder();
    assert.deepEqual(await readSettings({ folder }), emptySettings);
    assert.deepEqual(readdirSync(folder), []);
  });
});

describe('a disk that refuses', () => {
  it('leaves the settings as they were, and says what to do', async () => {
    const { folder, store } = await aStore();
    const before = store.current;
    rmSync(folder, { recursive: true });
    const message = `The settings in \`${folder}\` could not be saved: the folder is gone. Bring it back.`;
    await assert.rejects(
      store.update((settings) => ({ ...settings, admins: ['local:bo'] })),
      { status: 503, code: 'settings_unwritable', retryAfter: 5000, message },
    );
    assert.equal(store.current, before);
    await store.close();
  });

  it('takes changes again once it is well', async () => {
    const { folder, store, text } = await aStore();
    rmSync(folder, { recursive: true });
    await assert.rejects(store.update((settings) => ({ ...settings, admins: ['local:bo'] })));
    mkdirSync(folder);
    await store.update((settings) => ({ ...settings, admins: ['local:cy'] }));
    assert.match(text(), /local:cy/);
    await store.close();
  });

  it('leaves an empty file where there never were settings, and the next start fills it', async () => {
    const [folder, key] = [aFolder(), randomBytes(32)];
    writeFileSync(join(folder, 'settings.json'), '\n');
    const store = await openSettings({ folder, key });
    assert.deepEqual(store.current, emptySettings);
    await store.close();
    assert.match(readFileSync(join(folder, 'settings.json'), 'utf8'), new RegExp(`"version": ${VERSION}`));
  });

  it('does not start empty where the settings were emptied', async () => {
    const { folder, key, path, store } = await aStore();
    await store.close();
    writeFileSync(path, '');
    await assert.rejects(openSettings({ folder, key }), {
      code: 'settings_broken',
      message: /line 1: value expected[\s\S]*put `.*settings\.backup\.json` in its place/,
    });
  });

  it('does not start empty where the settings were lost', async () => {
    const { folder, key, path, store } = await aStore();
    await store.close();
    rmSync(path);
    await assert.rejects(openSettings({ folder, key }), {
      code: 'settings_missing',
      message: /is gone, but .* holds the last good settings/,
    });
    assert.ok(!existsSync(path));
  });
});

describe('the key', () => {
  const bytes = randomBytes(32);
  for (const encoding of ['hex', 'base64', 'base64url'] as const) {
    it(`can be given in ${encoding}`, async () => {
      assert.deepEqual(await loadKey({ folder: aFolder(), given: ` ${bytes.toString(encoding)}\n` }), bytes);
    });
  }

  it('is refused when it is not 32 bytes, without being repeated', async () => {
    for (const given of ['short', `${bytes.toString('hex')}0`, 'z'.repeat(64), bytes.subarray(1).toString('base64')]) {
      const error = await loadKey({ folder: aFolder(), given }).catch((caught: AppError) => caught);
      assert.ok('code' in error && error.code === 'bad_key');
      assert.ok(error.message.startsWith('`BELLHOP_KEY` must hold 32 bytes') && !error.message.includes(given));
    }
  });

  it('is made again where its file is empty and nothing is sealed', async () => {
    for (const blank of ['', ' \n']) {
      const folder = aFolder();
      writeFileSync(join(folder, 'key'), blank);
      const key = await loadKey({ folder });
      assert.deepEqual(await loadKey({ folder }), key);
    }
  });

  for (const [what, lose] of [
    ['gone', (path: string) => rmSync(path)],
    ['empty', (path: string) => writeFileSync(path, '\n')],
  ] as const)
    it(`is not made again beside secrets that it sealed, when its file is ${what}`, async () => {
      const folder = aFolder();
      const store = await openSettings({ folder, key: await loadKey({ folder }) });
      await store.update((settings) => ({ ...settings, endpoints: [anEndpoint()] }));
      await store.close();
      const path = join(folder, 'key');
      lose(path);
      const left = readdirSync(folder);
      const sealed = join(folder, 'settings.json');
      const message = new RegExp(
        `^\`${path}\` is ${what}, but \`${sealed}\` holds secrets that were sealed with its key\\. Bring that file back`,
      );
      await assert.rejects(loadKey({ folder }), { code: 'key_missing', message });
      await assert.rejects(readSettings({ folder }), { code: 'key_missing' });
      assert.deepEqual(readdirSync(folder), left);
    });

  it('is made once, for its owner only', async () => {
    const folder = aFolder();
    const key = await loadKey({ folder });
    assert.equal(key.length, 32);
    assert.deepEqual(await loadKey({ folder }), key);
    assert.equal(statSync(join(folder, 'key')).mode & 0o777, 0o600);
  });

  it('is not replaced when its file is damaged', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'key'), 'half of a k');
    await assert.rejects(loadKey({ folder }), {
      code: 'bad_key',
      message: new RegExp(`^\`${join(folder, 'key')}\` must hold 32 bytes`),
    });
  });
});

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bellhop-'));
  folders.push(folder);
  return folder;
}

async function aStore(start: Partial<Settings> = {}) {
  const [folder, key] = [aFolder(), randomBytes(32)];
  let told = (_message: string) => {};
  const problem = new Promise<string>((resolve) => {
    told = resolve;
  });
  const store = await openSettings({ folder, key, onProblem: (message) => told(message) });
  await store.update((settings) => ({ ...settings, endpoints: [anEndpoint()], ...start }));
  const path = join(folder, 'settings.json');
  const text = () => readFileSync(path, 'utf8');
  return {
    folder,
    key,
    path,
    store,
    problem,
    text,
    edit: (change: (text: string) => string) => writeFileSync(path, change(text())),
  };
}
