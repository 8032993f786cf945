import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, describe, it } from 'node:test';
import type { Settings } from '../../src/core/settings/settings.ts';
import { type OpenCluster, openCluster } from '../../src/stores/cluster/open-cluster.ts';
import { VERSION } from '../../src/stores/settings/migrations.ts';
import { openSharedSettings } from '../../src/stores/settings/open-shared-settings.ts';
import { anEndpoint, describeSettings } from '../contracts/settings.ts';
import { aDatabase } from '../doubles/postgres.ts';
import { silentLog } from '../silent-log.ts';

const opened: OpenCluster[] = [];
after(() => Promise.all(opened.map((cluster) => cluster.close())));

async function aCluster(url: string): Promise<OpenCluster> {
  const cluster = await openCluster({ url, log: silentLog });
  opened.push(cluster);
  return cluster;
}

/** Settings as one node of a database has them. */
async function aNode(url: string, { key, problems = [] }: { key: Buffer; problems?: string[] }) {
  const { database, listener, listen } = await aCluster(url);
  const store = await openSharedSettings({ database, listener, key, onProblem: (problem) => problems.push(problem) });
  await listen();
  return { store, database };
}

async function twoNodes() {
  const [url, key] = [await aDatabase(), randomBytes(32)];
  const problems: string[] = [];
  const [a, b] = [await aNode(url, { key }), await aNode(url, { key, problems })];
  return { url, key, a: a.store, b: b.store, database: a.database, problems };
}

const admin = (name: string) => (settings: Settings) => ({
  ...settings,
  admins: [...settings.admins, `local:${name}`],
});

let contractDatabase: Promise<OpenCluster> | undefined;
describeSettings('shared', async () => {
  contractDatabase ??= aDatabase().then(aCluster);
  const { database, listener } = await contractDatabase;
  await database.query('delete from bellhop_cluster.settings');
  return openSharedSettings({ database, listener, key: randomBytes(32) });
});

describe('settings that nodes share', () => {
  it('change on every node when one changes them', async () => {
    const { a, b } = await twoNodes();
    const heard = new Promise<Settings>((resolve) => b.onChange(resolve));
    await a.update(admin('ana'));
    assert.deepEqual((await heard).admins, ['local:ana']);
    assert.equal((await heard) === b.current, true);
  });

  it('keep the changes that two nodes make at the same moment', async () => {
    const { a, b } = await twoNodes();
    const names = Array.from({ length: 10 }, (_, index) => `user${index}`);
    await Promise.all(names.map((name, index) => (index % 2 ? a : b).update(admin(name))));
    const last = await a.update((settings) => settings);
    assert.deepEqual(last.admins.toSorted(), names.map((name) => `local:${name}`).toSorted());
  });

  it('are looked up at once for all who ask, whether anybody was notified or not', async () => {
    const [url, key] = [await aDatabase(), randomBytes(32)];
    const { database, listener } = await aCluster(url);
    let questions = 0;
    const counted: typeof database = {
      query(...asked) {
        questions++;
        return database.query(...asked);
      },
    };
    const store = await openSharedSettings({ database: counted, listener, key });
    const other = await openSharedSettings({ database, listener, key });
    questions = 0;
    // Nobody listens yet, so nobody hears of it.
    await other.update(admin('ana'));
    await Promise.all(Array.from({ length: 50 }, () => store.look?.()));
    assert.deepEqual([store.current.admins, questions], [['local:ana'], 1]);
  });

  it('refuse what another node has just made impossible', async () => {
    const { a, b } = await twoNodes();
    const add = (id: string) => (settings: Settings) => ({
      ...settings,
      endpoints: [...settings.endpoints, anEndpoint({ id, token: id, name: 'same' })],
    });
    const outcomes = await Promise.allSettled([a.update(add('e1')), b.update(add('e2'))]);
    assert.deepEqual(outcomes.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
  });

  it('hold no token and no secret in plain', async () => {
    const { a, database } = await twoNodes();
    await a.update((settings) => ({ ...settings, endpoints: [anEndpoint()] }));
    const { rows } = await database.query<{ document: string }>('select document from bellhop_cluster.settings');
    assert.doesNotMatch(rows[0]?.document ?? '', /token-of-e1|secret-of-e1/);
  });

  it('open with no other key, and say so in one line', async () => {
    const { url } = await twoNodes();
    await assert.rejects(aNode(url, { key: randomBytes(32) }), {
      code: 'settings_sealed',
      message: /^The settings in the database were sealed with key `\w{8}`, but `BELLHOP_KEY` here is key `\w{8}`\./,
    });
  });

  it('are written by no Bellhop that is older than they are', async () => {
    const { a, b, database } = await twoNodes();
    const newer = `replace(document, '"version": ${VERSION}', '"version": ${VERSION + 1}')`;
    await database.query(`update bellhop_cluster.settings set revision = revision + 1, document = ${newer}`);
    const before = b.current;
    await assert.rejects(a.update(admin('ana')), { code: 'settings_newer', message: /set DATABASE_URL to another/ });
    assert.equal(b.current, before);
  });
});
