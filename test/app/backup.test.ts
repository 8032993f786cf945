import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { connected, slackEnvironment } from '../chats/places.ts';
import { startSlack } from '../doubles/slack/double.ts';
import { until } from '../until.ts';
import { aPush, aWorld, type Endpoint, type World } from '../world.ts';
import { aFolder, bellhop } from './backups.ts';

describe('a backup', () => {
  it('is taken while deliveries come in, and after everything is wiped it is all as it was', async (t) => {
    const [folder, file] = [aFolder(t), join(aFolder(t), 'bellhop.backup')];
    const slack = await startSlack();
    t.after(() => slack.stop());
    const environment = slackEnvironment(slack);
    const first = await aWorld({ folder, environment });
    await connected(first, 'slack');
    const [page, chat] = [
      await first.endpoint('github', 'in #page as page'),
      await first.endpoint('github', 'in slack:#ops as chat'),
    ];
    mkdirSync(join(folder, 'templates/github'), { recursive: true });
    writeFileSync(join(folder, 'templates/github/star.hbs'), '{{title sender.login "starred it"}}');

    const stream = aStream(first, page);
    await until(() => stream.kept.length >= 20);
    const before = [...stream.kept];
    // Slack is slow, so some are owed to it while the backup is taken, and are posted after it.
    slack.fail('chat.postMessage', { delay: 2_000 });
    for (let count = 0; count < 3; count++) assert.equal((await push(first, chat, `chat-${count}`)).status, 202);
    await until(async () => (await first.events('endpoint=chat&state=queued')).length === 3);
    const taken = await bellhop(['backup', file], { DATA_DIR: folder });
    await stream.stop();
    assert.deepEqual([taken.code, taken.errors], [0, '']);
    assert.match(taken.output, /2 endpoints, the key and your templates \(\d+\.\d MB\)/);
    assert.ok(stream.kept.length > before.length, 'deliveries came in meanwhile');
    await first.settled();
    const last = Math.max(...(await first.events('limit=1')).map(({ id }) => Number(id)));
    const { adminToken } = first.app;
    await first.app.stop();
    rmSync(folder, { recursive: true });
    assert.equal(statSync(file).mode & 0o077, 0);
    assert.doesNotMatch(readFileSync(file, 'latin1'), /octocat|sealed:v1/);

    const restored = await bellhop(['restore', file], { DATA_DIR: folder });
    assert.deepEqual([restored.code, restored.errors], [0, '']);
    await using second = await aWorld({ folder, environment });
    await connected(second, 'slack');
    await second.settled();
    assert.equal(second.app.adminToken, adminToken);
    assert.ok(readdirSync(join(folder, 'templates/github')).includes('star.hbs'));
    const history = await allEvents(second);
    for (const id of before) assert.equal(history.filter(({ deliveryId }) => deliveryId === id).length, 1, id);
    // The secret is the same, and what was kept is known still.
    const [known = ''] = before;
    assert.equal((await push(second, page, known)).status, 200);
    const [kept] = history.filter(({ deliveryId }) => deliveryId === known);
    assert.match((await second.type(`/webhook why ${kept?.id}`, { channel: 'page' })).text, /verified/i);
    // A number that the first Bellhop gave after the backup never names another event.
    assert.equal((await push(second, page, 'later')).status, 202);
    await second.settled();
    const [latest] = await second.events('limit=1');
    assert.ok(Number(latest?.id) > last);
    const said = slack.messages('ops').map((message) => JSON.stringify(message));
    for (let count = 0; count < 3; count++)
      assert.equal(said.filter((text) => text.includes(`The commit of chat-${count}.`)).length, 1, `chat-${count}`);
  });

  it('is refused where it was cut short, changed, or is given another passphrase or key, and nothing is left behind', async (t) => {
    const [folder, elsewhere, aside] = [aFolder(t), aFolder(t), aFolder(t)];
    const world = await aWorld({ folder });
    await world.endpoint('github', 'in #ops');
    const file = join(aside, 'good');
    assert.equal((await bellhop(['backup', file], { DATA_DIR: folder })).code, 0);
    await world.app.stop();
    const bytes = readFileSync(file);
    const changed = Buffer.from(bytes);
    changed[bytes.length - 200] = (changed[bytes.length - 200] ?? 0) ^ 1;
    const files: Readonly<Record<string, Buffer>> = {
      cut: bytes.subarray(0, -1),
      // The end alone is missing: everything before it is whole.
      ended: bytes.subarray(0, -(4 + 1 + 16)),
      half: bytes.subarray(0, bytes.length / 2),
      head: bytes.subarray(0, 40),
      changed,
      longer: Buffer.concat([bytes, Buffer.from('x')]),
      none: Buffer.from('{}'),
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(aside, name), content);
    const refusals: readonly (readonly [string, RegExp, Record<string, string>?])[] = [
      ['cut', /was cut short/],
      ['ended', /was cut short/],
      ['half', /was cut short/],
      ['head', /was cut short/],
      ['changed', /was changed since/],
      ['longer', /was changed since/],
      ['none', /is not a backup of Bellhop/],
      ['missing', /does not exist/],
      ['good', /passphrase does not open/, { BACKUP_PASSPHRASE: 'another passphrase' }],
      ['good', /BELLHOP_KEY is another key/, { BELLHOP_KEY: '7'.repeat(64) }],
    ];
    for (const [name, reason, more = {}] of refusals) {
      const { code, errors } = await bellhop(['restore', join(aside, name)], { DATA_DIR: elsewhere, ...more });
      assert.equal(code, 1, name);
      assert.match(errors, reason);
      assert.deepEqual(
        readdirSync(elsewhere).filter((each) => each !== 'lock'),
        [],
        name,
      );
    }
    const used = await bellhop(['restore', file], { DATA_DIR: folder });
    assert.match(used.errors, /is there already, and a restore overwrites nothing/);
    const key = readFileSync(join(folder, 'key'), 'utf8').trim();
    assert.equal((await bellhop(['restore', file], { DATA_DIR: elsewhere, BELLHOP_KEY: key })).code, 0);
    assert.ok(!readdirSync(elsewhere).includes('key'));
  });

  it('says what is missing for it', async (t) => {
    const folder = aFolder(t);
    const nothing = await bellhop(['backup', join(folder, 'x')], { DATA_DIR: join(folder, 'never') });
    assert.match(nothing.errors, /^There is nothing to back up/);
    const open = await bellhop(['backup', 'x'], { DATA_DIR: folder, BACKUP_PASSPHRASE: '' });
    assert.deepEqual([open.code, /set BACKUP_PASSPHRASE/.test(open.errors)], [2, true]);
    assert.match((await bellhop(['restore'], {})).errors, /^Name the file/);
    writeFileSync(join(folder, 'short'), 'abc\n');
    const short = await bellhop(['backup', 'x', '--passphrase-file', join(folder, 'short')], { DATA_DIR: folder });
    assert.match(short.errors, /must have at least 12 characters/);
  });
});

/** Deliveries one after the other by several senders, and the ids of those that were acknowledged. */
function aStream(world: World, endpoint: Endpoint) {
  const kept: string[] = [];
  let going = true;
  const senders = Array.from({ length: 4 }, async (_, sender) => {
    for (let count = 0; going; count++) {
      const id = `stream-${sender}-${count}`;
      if ((await push(world, endpoint, id)).status === 202) kept.push(id);
    }
  });
  return {
    kept,
    async stop() {
      going = false;
      await Promise.all(senders);
    },
  };
}

function push(world: World, endpoint: Endpoint, id: string): Promise<Response> {
  const { pathname } = new URL(endpoint.url);
  const here = { ...endpoint, url: `${world.publicUrl}${pathname}` };
  return world.deliver(here, aPush({ id, message: `The commit of ${id}.`, repository: `acme/${id}` }));
}

async function allEvents(world: World) {
  const found: { id: string; deliveryId: string }[] = [];
  for (let before = ''; ; ) {
    const page = await world.events(`limit=100${before}`);
    found.push(...page);
    const oldest = page.at(-1);
    if (page.length < 100 || !oldest) return found;
    before = `&before=${oldest.id}`;
  }
}
