import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
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
import type { Settings } from '../../src/core/settings/settings.ts';
import type { Vanished } from '../../src/core/settings/vanished.ts';
import { openSettings } from '../../src/stores/settings/open-settings.ts';
import { aMute, anEndpoint } from '../contracts/settings.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-03-01T12:00:00Z');
const LATER = '2026-03-02T12:00:00Z';
const FULL: Partial<Settings> = {
  endpoints: [
    anEndpoint({
      routes: [
        { id: 'r1', platform: 'local', channel: 'C1', channelName: 'ops' },
        { id: 'r2', platform: 'slack', channel: 'C2', channelName: 'dev' },
      ],
      secrets: [
        { id: 's1', value: 'first', createdAt: LATER },
        { id: 's2', value: 'second', createdAt: LATER, expiresAt: '2026-03-01T11:00:00Z' },
      ],
    }),
    anEndpoint({ id: 'e2', name: 'fresh', token: 'token-of-e2', routes: [] }),
  ],
  mutes: [
    aMute({ until: LATER }),
    aMute({ id: 'm2', endpointId: 'e2', until: LATER }),
    aMute({ id: 'm3', until: '2026-03-01T11:00:00Z' }),
  ],
  templates: [
    { provider: 'github', type: 'push', source: 'all' },
    { provider: 'github', type: 'push', source: 'of one', endpointId: 'e1' },
  ],
  people: [{ name: 'Ana', aliases: ['ana'], ids: {} }],
  admins: ['local:zoe', 'slack:U1'],
  servers: ['discord:1', 'discord:2'],
  zones: { 'local:zoe': 'Europe/Rome' },
};

describe('an edit of settings that were opened before', () => {
  it('is named with what it removed, and leaves a backup that holds it', async (t) => {
    const { store, edit, vanished, problems, folder } = await aStore(t);
    const before = readSettings(folder);
    await edit((settings) => ({ ...settings, endpoints: [], mutes: [], templates: [], people: [], admins: [] }));
    const [{ parts, backup } = { parts: [], backup: '' }] = vanished;
    assert.deepEqual(
      parts.map(({ what }) => what),
      [
        'the endpoint `api-alerts`',
        'the endpoint `fresh`',
        'the template `github/push`',
        'the person Ana',
        'the admin local:zoe',
        'the admin slack:U1',
      ],
    );
    assert.deepEqual(parts[0]?.endpoint?.routes.length, 2);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, backup), 'utf8')), before);
    assert.equal(statSync(join(folder, backup)).mode & 0o777, 0o600);
    assert.match(
      problems.join(),
      new RegExp(`^An edit of \`.*settings.json\` removed the endpoint .*\`${join(folder, backup)}\` still holds`),
    );
    assert.deepEqual(store.current.endpoints, []);
  });

  const removals: readonly (readonly [string, (settings: Settings) => Settings])[] = [
    [
      'the route to slack #dev of `api-alerts`',
      (settings) => withFirst(settings, ({ routes }) => ({ routes: routes.slice(0, 1) })),
    ],
    [`the secret made at ${LATER} of \`api-alerts\``, (settings) => withFirst(settings, () => ({ secrets: [] }))],
    ['the owner local:ana of `api-alerts`', (settings) => withFirst(settings, () => ({ owners: [] }))],
    [
      'the mute source=acme/* of `api-alerts`',
      (settings) => ({ ...settings, mutes: settings.mutes.filter(({ id }) => id === 'm2') }),
    ],
    [
      'the template `github/push` of `api-alerts`',
      (settings) => ({ ...settings, templates: settings.templates.slice(0, 1) }),
    ],
    ['the person Ana', (settings) => ({ ...settings, people: [] })],
    ['the admin slack:U1', (settings) => ({ ...settings, admins: ['local:zoe'] })],
    ['the server discord:2', (settings) => ({ ...settings, servers: ['discord:1'] })],
    ['the time zone of local:zoe', (settings) => ({ ...settings, zones: {} })],
  ];
  for (const [what, remove] of removals)
    it(`is named when it removes ${what}`, async (t) => {
      const { edit, vanished } = await aStore(t);
      await edit(remove);
      assert.deepEqual(
        vanished.flatMap(({ parts }) => parts.map((part) => part.what)),
        [what],
      );
    });

  it('is taken in silence when it removes nothing', async (t) => {
    const { edit, vanished, problems, folder } = await aStore(t);
    await edit((settings) => ({ ...settings, admins: [...settings.admins, 'local:bo'] }));
    await edit((settings) => withFirst(settings, () => ({ name: 'renamed' })));
    assert.deepEqual([vanished, problems], [[], []]);
    assert.deepEqual(datedBackups(folder), []);
  });

  it('is named when it was made while Bellhop was stopped', async (t) => {
    const { folder, key, store } = await aStore(t);
    await store.close();
    editFile(folder, (settings) => ({ ...settings, people: [] }));
    const vanished: Vanished[] = [];
    const again = await openSettings({ folder, key, onVanished: (each) => vanished.push(each) });
    t.after(again.close);
    assert.deepEqual(vanished[0]?.parts, [{ what: 'the person Ana' }]);
    const [name = ''] = datedBackups(folder);
    assert.match(readFileSync(join(folder, name), 'utf8'), /"name": "Ana"/);
  });

  it('can be undone by putting the backup in the place of the settings', async (t) => {
    const { folder, store, edit, vanished } = await aStore(t);
    const before = store.current;
    await edit((settings) => ({ ...settings, endpoints: [], mutes: [], templates: [] }));
    await store.update((settings) => ({ ...settings, admins: [...settings.admins, 'local:bo'] }));
    copyFileSync(join(folder, vanished[0]?.backup ?? ''), join(folder, 'settings.json'));
    await store.update((settings) => settings);
    assert.deepEqual(store.current, before);
  });

  it('keeps its backup for a week at least, and ten backups at least', async (t) => {
    const clock = { now: new Date(START) };
    const { folder, edit } = await aStore(t, clock);
    for (let day = 0; day < 20; day++) {
      clock.now = new Date(START + day * DAY);
      await edit((settings) => ({ ...settings, people: [{ name: `Ana ${day}`, aliases: [], ids: {} }] }));
    }
    const dates = datedBackups(folder).map((name) =>
      name.slice('settings.backup-'.length, -'T12-00-00-000Z.json'.length),
    );
    assert.deepEqual([dates.length, dates[0], dates.at(-1)], [10, '2026-03-11', '2026-03-20']);
    for (let hour = 1; hour <= 15; hour++) {
      clock.now = new Date(START + 19 * DAY + hour * 3_600_000);
      await edit((settings) => ({ ...settings, people: [{ name: `Bo ${hour}`, aliases: [], ids: {} }] }));
    }
    const names = datedBackups(folder);
    assert.equal(names.filter((name) => name.includes('-2026-03-2')).length, 16);
    assert.ok(names.length <= 30);
  });

  it('takes no second backup of the same settings', async (t) => {
    const clock = { now: new Date(START) };
    const { folder, store, edit } = await aStore(t, clock);
    const text = readFileSync(join(folder, 'settings.json'), 'utf8');
    for (let count = 0; count < 5; count++) {
      clock.now = new Date(START + count * 1000);
      await edit((settings) => ({ ...settings, people: [] }));
      writeFileSync(join(folder, 'settings.json'), text);
      await store.update((settings) => settings);
    }
    assert.deepEqual(datedBackups(folder), ['settings.backup-2026-03-01T12-00-04-000Z.json']);
  });

  it('is not taken while the disk refuses the backup of what it removes', async (t) => {
    const { folder, store, edit, vanished } = await aStore(t);
    const before = store.current;
    rmSync(join(folder, 'settings.backup.json'));
    // A folder in its place stands for a disk that refuses.
    const blocked = join(folder, 'settings.backup-2026-03-01T12-00-00-000Z.json');
    mkdirSync(join(blocked, 'in-the-way'), { recursive: true });
    await assert.rejects(
      edit((settings) => ({ ...settings, people: [] })),
      { code: 'settings_unwritable', message: /^A backup of the settings in/ },
    );
    assert.deepEqual([store.current, vanished], [before, []]);
    rmSync(blocked, { recursive: true });
    await store.update((settings) => settings);
    assert.deepEqual([store.current.people, vanished.length], [[], 1]);
  });

  it('counts even when it is saved in the moment of a change', async (t) => {
    const { folder, store } = await aStore(t);
    let changes = 0;
    await store.update((settings) => {
      if (changes++ === 0)
        editFile(folder, (now) => ({ ...now, people: [...now.people, { name: 'Bo', aliases: [], ids: {} }] }));
      return { ...settings, admins: ['local:cy'] };
    });
    assert.deepEqual(
      [store.current.people.map(({ name }) => name), store.current.admins, changes],
      [['Ana', 'Bo'], ['local:cy'], 2],
    );
  });

  it('is waited for when an editor has written only half of it', async (t) => {
    const { folder, store } = await aStore(t);
    const path = join(folder, 'settings.json');
    const text = readFileSync(path, 'utf8').replace('"Ana"', '"Anna"');
    writeFileSync(path, text.slice(0, 100));
    const change = store.update((settings) => ({ ...settings, admins: ['local:cy'] }));
    // The change has seen the half and waits.
    setImmediate(() => writeFileSync(path, text));
    await change;
    assert.deepEqual([store.current.people[0]?.name, store.current.admins], ['Anna', ['local:cy']]);
  });
});

describe('a change of ours', () => {
  it('is taken for no edit when the process dies before the backup is written', async (t) => {
    const { folder, key, store } = await aStore(t);
    const before = readFileSync(join(folder, 'settings.backup.json'));
    await store.update((settings) => ({ ...settings, endpoints: [], mutes: [], templates: [] }));
    await store.close();
    writeFileSync(join(folder, 'settings.backup.json'), before);
    const vanished: Vanished[] = [];
    const opened = await openSettings({ folder, key, onVanished: (each) => vanished.push(each) });
    await opened.close();
    assert.deepEqual([opened.current.endpoints, vanished], [[], []]);
  });
});

async function aStore(t: TestContext, clock = { now: new Date(START) }) {
  const [folder, key] = [mkdtempSync(join(tmpdir(), 'bellhop-')), randomBytes(32)];
  const vanished: Vanished[] = [];
  const problems: string[] = [];
  const store = await openSettings({
    folder,
    key,
    now: () => clock.now,
    onProblem: (message) => problems.push(message),
    onVanished: (each) => vanished.push(each),
  });
  t.after(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await store.update((settings) => ({ ...settings, ...FULL }));
  return {
    folder,
    key,
    store,
    vanished,
    problems,
    /** Saves the file with a change, and waits until that was taken in. */
    async edit(change: (settings: Settings) => Settings) {
      editFile(folder, change);
      await store.update((settings) => settings);
    },
  };
}

function readSettings(folder: string): Settings & { readonly version: number } {
  return JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'));
}

function editFile(folder: string, change: (settings: Settings) => Settings): void {
  const { version, ...settings } = readSettings(folder);
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ version, ...change(settings) }, null, 2));
}

function withFirst(settings: Settings, change: (endpoint: Settings['endpoints'][number]) => object): Settings {
  const [first, ...others] = settings.endpoints;
  return first ? { ...settings, endpoints: [{ ...first, ...change(first) }, ...others] } : settings;
}

function datedBackups(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => /^settings\.backup-/.test(name));
}
