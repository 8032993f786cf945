import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../src/app/system-clock.ts';
import { HOUR } from '../../src/core/text/duration.ts';
import { startBellhop } from '../bench/bellhop.ts';
import { aDatabase } from '../doubles/postgres.ts';
import { until } from '../until.ts';
import { aPush, aWorld, type Endpoint, signed, type World } from '../world.ts';

describe('a node whose clock is an hour off', () => {
  for (const [off, hours] of [
    ['ahead', 1],
    ['behind', -1],
  ] as const)
    it(`goes by that of the database in everything it notes where its own is ${off}`, async () => {
      const node = await aProcessWithAWrongClock(hours);
      const { url, secret } = await node.endpoint('#ops');
      await node.call('/commands', { text: '/webhook mute github type=star for 30m', channel: 'ops', user: 'Mona' });
      const push = aPush();
      const body = JSON.stringify(push.payload);
      const headers = signed({ provider: 'github', url }, { headers: push.headers, body: Buffer.from(body), secret });
      assert.equal((await fetch(url, { method: 'POST', headers, body })).status, 202);
      await until(async () => (await node.owed()) === 0);
      const paths = ['/events/1', '/audit', '/mutes', '/channels/ops/messages'];
      const noted = await Promise.all(paths.map(async (path) => JSON.stringify(await node.call(path))));
      await node.stop();
      const times = noted.flatMap((text) => text.match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? []);
      assert.ok(times.length > 8, noted.join('\n'));
      // The end of the mute is half an hour from now.
      const far = times.filter((time) => Math.abs(Date.parse(time) - Date.now()) > HOUR * 0.6);
      assert.deepEqual(far, [], noted.join('\n'));
    });

  it('ends no mute too early, and posts in the order in which all nodes were delivered to', async () => {
    await using nodes = await aWrongAndARightNode(1);
    const { wrong, right } = nodes;
    const endpoint = await right.endpoint('github', 'in #ops');
    const muted = await right.endpoint('github', 'in #muted');
    await right.type(`/webhook mute ${muted.name} confirm=yes for 30m`);
    await until(async () => (await wrong.type('/webhook mutes')).text.includes(muted.name));
    await deliver(wrong, muted, 'Not now');
    const messages = Array.from({ length: 6 }, (_, index) => `Oil hinge ${index}`);
    for (const [index, message] of messages.entries()) await deliver(index % 2 ? right : wrong, endpoint, message);
    // What is due by the clock is done by the one that leads, whose clock is wrong.
    await wrong.app.relay.endMutes();
    await wrong.settled();
    assert.match((await right.type('/webhook mutes')).text, /1 held/);
    const posted = (await right.messages()).flatMap(({ text }) => /Oil hinge \d/.exec(text) ?? []);
    assert.deepEqual(posted, messages);
    const kept = (await right.events()).map(({ id }) => Number(id));
    assert.deepEqual(
      kept,
      kept.toSorted((one, other) => other - one),
    );
  });
});

async function aProcessWithAWrongClock(hours: number) {
  const shift = new URL(`./shifted-clock.ts?off=${hours * HOUR}`, import.meta.url);
  return startBellhop({
    DATABASE_URL: await aDatabase(),
    BELLHOP_KEY: 'a'.repeat(64),
    NODE_OPTIONS: `--import=${shift.href}`,
  });
}

/** Two nodes on one database, the first of which leads and has a wrong clock. */
async function aWrongAndARightNode(hours: number) {
  const database = await aDatabase();
  const clock = { ...systemClock, now: () => new Date(Date.now() + hours * HOUR) };
  const wrong = await aWorld({ database, clock });
  const right = await aWorld({ database });
  return {
    wrong,
    right,
    async [Symbol.asyncDispose]() {
      await right[Symbol.asyncDispose]();
      await wrong[Symbol.asyncDispose]();
    },
  };
}

async function deliver(node: World, endpoint: Endpoint, message: string): Promise<void> {
  const url = new URL(new URL(endpoint.url).pathname, node.publicUrl).href;
  assert.equal((await node.deliver({ ...endpoint, url }, aPush({ message }))).status, 202);
}
