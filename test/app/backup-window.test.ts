import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { connected, discordEnvironment, slackEnvironment } from '../chats/places.ts';
import { startDiscord } from '../doubles/discord/double.ts';
import { startSlack } from '../doubles/slack/double.ts';
import { aPullRequest } from '../relay/pull-request-course.ts';
import { until } from '../until.ts';
import { aPush, aWorld, type Endpoint, openInFolder, type WorldOptions } from '../world.ts';
import { aFolder, bellhop } from './backups.ts';

it('a backup of events that are kept and not decided has none of them posted twice', async (t) => {
  const [folder, file] = [aFolder(t), join(aFolder(t), 'bellhop.backup')];
  const { slack, discord, environment } = await bothChats(t);
  const said = () => ({ slack: slack.messages('ops').length, discord: discord.allMessages().length });
  const gate = aGate();
  const first = await aChatWorld({ folder, environment, journal: gate.journal });
  t.after(() => first.app.stop());
  const endpoint = await first.endpoint('github', 'in slack:#ops as api');
  await first.type('/webhook route api add discord:#ops');
  const pull = aPullRequest();
  await first.deliver(endpoint, pull.opened());
  await first.settled();

  gate.close();
  for (const sent of [pull.merged(), aPush({ id: 'one', message: 'Oil the hinge' })])
    assert.equal((await first.deliver(endpoint, sent)).status, 202);
  await until(() => gate.waiting > 0);
  assert.equal((await bellhop(['backup', file], { DATA_DIR: folder })).code, 0);
  gate.open();
  await first.settled();
  const before = said();
  await first.app.stop();
  rmSync(folder, { recursive: true });

  assert.equal((await bellhop(['restore', file], { DATA_DIR: folder })).code, 0);
  await using second = await aChatWorld({ folder, environment });
  await second.settled();
  const events = await second.events();
  assert.deepEqual(
    events.map(({ state }) => state),
    ['posted', 'posted', 'posted'],
  );
  assert.deepEqual(said(), before);
  // A message that was found is its event's: what comes later goes on with it.
  assert.equal((await second.deliver(here(endpoint, second), pull.commented('Thanks', 'closed'))).status, 202);
  await second.settled();
  assert.deepEqual(said(), { slack: before.slack + 1, discord: before.discord + 1 });
});

it('a backup that is taken while hundreds of deliveries come in tells of each event it holds what is true', async (t) => {
  const [folder, file] = [aFolder(t), join(aFolder(t), 'bellhop.backup')];
  const first = await aWorld({ folder });
  t.after(() => first.app.stop());
  const endpoint = await first.endpoint('github', 'in #page as page');
  const sent = (id: string) => aPush({ id, repository: `acme/${id}`, message: `Of ${id}.` });
  const acknowledged = new Set<string>();
  let taken: Promise<{ code: number }> | undefined;
  let before: readonly string[] = [];
  const ids = Array.from({ length: 200 }, (_, number) => `burst-${number}`);
  const waiting = [...ids];
  const send = async () => {
    for (let id = waiting.shift(); id; id = waiting.shift()) {
      const { status } = await first.deliver(endpoint, sent(id));
      assert.equal(status, 202);
      acknowledged.add(id);
      if (acknowledged.size < 60 || taken) continue;
      before = [...acknowledged];
      taken = bellhop(['backup', file], { DATA_DIR: folder });
    }
  };
  await Promise.all(Array.from({ length: 20 }, send));
  assert.equal((await taken)?.code, 0);
  await first.app.stop();
  rmSync(folder, { recursive: true });

  assert.equal((await bellhop(['restore', file], { DATA_DIR: folder })).code, 0);
  await using second = await aWorld({ folder });
  await second.settled();
  const events = await second.events('limit=200');
  const kept = events.map(({ deliveryId }) => deliveryId);
  assert.deepEqual([new Set(kept).size, new Set(kept).difference(acknowledged).size], [kept.length, 0]);
  assert.deepEqual(
    new Set(before).difference(new Set(kept)),
    new Set(),
    'what was acknowledged before it began is in it',
  );
  assert.deepEqual(new Set(events.map(({ state }) => state)), new Set(['posted']));
  const { json } = await second.call<{ messages: unknown[] }>('/api/v1/channels/page/messages?limit=200');
  const said = json.messages.map((message) => JSON.stringify(message));
  for (const id of kept) assert.equal(said.filter((text) => text.includes(`Of ${id}.`)).length, 1, id);
  // Whatever is delivered again is a repeat where it is held, and is kept where it is not.
  for (const id of ids) {
    const { status } = await second.deliver(here(endpoint, second), sent(id));
    assert.equal(status, kept.includes(id) ? 200 : 202, id);
  }
});

async function bothChats(t: TestContext) {
  const [slack, discord] = [await startSlack(), await startDiscord()];
  t.after(() => Promise.all([slack.stop(), discord.stop()]));
  return { slack, discord, environment: { ...slackEnvironment(slack), ...discordEnvironment(discord) } };
}

async function aChatWorld(options: WorldOptions) {
  const world = await aWorld(options);
  await Promise.all([connected(world, 'slack'), connected(world, 'discord')]);
  return world;
}

/** The endpoint of an earlier world at the address of this one. */
function here(endpoint: Endpoint, { publicUrl }: { readonly publicUrl: string }): Endpoint {
  return { ...endpoint, url: `${publicUrl}${new URL(endpoint.url).pathname}` };
}

/** A journal whose decisions wait while the gate is closed. */
function aGate() {
  let [waiting, opened] = [0, Promise.withResolvers<void>()];
  opened.resolve();
  const journal: NonNullable<WorldOptions['journal']> = async (folder, sealer) => {
    const inner = await openInFolder(folder, sealer);
    return {
      ...inner,
      posts: {
        ...inner.posts,
        async decide(decided) {
          waiting += decided.length;
          await opened.promise;
          waiting -= decided.length;
          return inner.posts.decide(decided);
        },
      },
    };
  };
  return {
    journal,
    get waiting() {
      return waiting;
    },
    close: () => (opened = Promise.withResolvers<void>()),
    open: () => opened.resolve(),
  };
}
