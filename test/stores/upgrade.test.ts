import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { toMessage } from '../../src/core/message/message.ts';
import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { readSettings } from '../../src/stores/settings/read-settings.ts';
import { aPush, aWorld } from '../world.ts';

const FIXTURE = join(import.meta.dirname, 'fixtures/journal-1-settings-1');
const SIGNED = {
  id: '1',
  signature: 'c64bb9f87170bbb88cc1409e2b4887291a504290719d72023b13b14458ab6082',
  sha256: '9fa66dbc30628cba6d192820fb37d713d8a116f405fb372889158d5cf7b1d4e4',
};

describe('a data folder that an earlier Bellhop left', () => {
  it('shows its history, and keeps on', async (t) => {
    const folder = aFolder(t);
    await using world = await aWorld({ folder, environment: { RETENTION_DAYS: '3650' } });
    await world.settled();
    assert.deepEqual(
      (await world.events()).map(({ id, state, about }) => [id, state, about?.title]),
      [
        ['4', 'posted', 'Disk firing — Less than 10 % is free'],
        ['3', 'posted', 'octocat pushed to main: Fix the door 3'],
        ['2', 'held', 'octocat pushed to main: Fix the door 2'],
        ['1', 'posted', 'octocat pushed to main: Fix the door 1'],
      ],
    );
    assert.deepEqual(
      (await world.events('q=disk')).map(({ id }) => id),
      ['4'],
    );
    const { json } = await world.call<{ event: { about: { labels: object }; posts: readonly { state: string }[] } }>(
      '/api/v1/events/4',
    );
    assert.deepEqual(json.event.about.labels, { alertname: 'Disk', severity: 'critical' });
    assert.deepEqual(
      json.event.posts.map(({ state }) => state),
      ['posted'],
    );
    assert.match((await world.refusals())[0]?.reason ?? '', /signature/);
    assert.deepEqual(
      (await world.messages()).map(({ text }) => text.split(/ [·—] /)[0]),
      ['ada muted source=acme/quiet from github until 2026-12-04 21:29 UTC.', 'Pushed:', 'Pushed:', 'Disk firing'],
    );
  });

  it('takes deliveries signed with the secrets it has, and mutes what was muted', async (t) => {
    const folder = aFolder(t);
    await using world = await aWorld({ folder, environment: { RETENTION_DAYS: '3650' } });
    const [known] = (await readSettings({ folder })).endpoints;
    assert.ok(known);
    const endpoint = {
      ...known,
      url: `${world.publicUrl}/in/${known.token}`,
      secret: known.secrets[0]?.value as string,
    };
    for (const repository of ['acme/quiet', 'acme/api'])
      assert.equal((await world.deliver(endpoint, aPush({ repository, message: 'Fix the roof' }))).status, 202);
    await world.settled();
    assert.deepEqual(
      (await world.events('limit=2')).map(({ state, about }) => [state, about?.title]),
      [
        ['posted', 'octocat pushed to main: Fix the roof'],
        ['held', 'octocat pushed to main: Fix the roof'],
      ],
    );
  });

  it('has its settings: endpoints, mute, template and person', async (t) => {
    const { endpoints, mutes, templates, people } = await readSettings({ folder: aFolder(t) });
    assert.deepEqual(
      [endpoints.map(({ name }) => name), mutes.map(({ match, until }) => [match, until]), people],
      [
        ['github', 'alertmanager'],
        [[{ source: 'acme/quiet' }, '2099-01-01T00:00:00.000Z']],
        [{ name: 'Ada', aliases: ['ada'], ids: {} }],
      ],
    );
    assert.deepEqual(templates, [
      { provider: 'github', type: 'push', source: '{{title "Pushed: " head_commit.message}}' },
    ]);
  });

  it('has the bytes of a delivery as they were signed', async (t) => {
    const folder = aFolder(t);
    const journal = await openJournal({ path: join(folder, 'journal.db') });
    t.after(journal.close);
    const event = await journal.events.get(SIGNED.id);
    const [endpoint] = (await readSettings({ folder })).endpoints;
    const [secret] = endpoint?.secrets ?? [];
    assert.ok(event && secret);
    assert.equal(createHash('sha256').update(event.body).digest('hex'), SIGNED.sha256);
    assert.equal(createHmac('sha256', secret.value).update(event.body).digest('hex'), SIGNED.signature);
    assert.equal(event.verification.secretId, secret.id);
  });
});

it('gives messages of an earlier Bellhop the parts that messages have now', async (t) => {
  const path = join(aFolder(t), 'journal.db');
  const database = new DatabaseSync(path);
  database.exec(`insert into posts (platform, channel, channel_name, state, replay, attempts, created_at, message_json)
    values ('local', 'ops', 'ops', 'due', 0, 0, 0, '{"severity":"critical","body":"Old","fields":[],"actions":[],"mentions":[]}')`);
  database.close();
  const journal = await openJournal({ path });
  t.after(journal.close);
  const [post] = await journal.posts.due({ limit: 5 });
  assert.deepEqual(post?.message, toMessage({ severity: 'critical', body: 'Old' }));
  const [message] = await journal.messages.list({ channel: 'ops', limit: 1 });
  assert.deepEqual(message?.message, toMessage(message?.message ?? {}));
});

/** A copy of the folder, whose journal is kept packed. */
function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bellhop-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(FIXTURE, folder, { recursive: true });
  writeFileSync(join(folder, 'journal.db'), gunzipSync(readFileSync(join(FIXTURE, 'journal.db.gz'))));
  return folder;
}
