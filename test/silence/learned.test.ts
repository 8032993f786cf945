import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { DAY, HOUR } from '../../src/core/text/duration.ts';
import { aPush, aWorld, type World } from '../world.ts';
import { createMovableClock } from './movable-clock.ts';

it('a rhythm that was learned is missed once, also by a Bellhop that was started again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-'));
  const clock = createMovableClock();
  try {
    {
      await using world = await aWorld({ folder, clock });
      const endpoint = await world.endpoint('github', 'in #ops as nightly');
      for (let day = 0; day < 16; day++) {
        if (day) clock.advance(DAY);
        await world.deliver(endpoint, aPush());
        assert.deepEqual(await noticed(world), []);
      }
      assert.match((await world.type('/webhook expect nightly')).text, /usually delivers again within 1 day/);
      clock.advance(1.5 * DAY);
      assert.deepEqual(await noticed(world), []);
      assert.match(
        (await world.type('/webhook why not nightly since=1h')).text,
        /within 1 day: .* though not yet unusual/,
      );
      clock.advance(0.5 * DAY);
      assert.deepEqual(await noticed(world), ['nightly is silent']);
      assert.match((await world.type('/webhook why not nightly since=1h')).text, /2 days without one is unusual/);
    }
    await using world = await aWorld({ folder, clock });
    clock.advance(7 * HOUR);
    assert.deepEqual(await noticed(world), ['nightly is silent']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it('a Bellhop that was away listens for a while before it says that an endpoint is silent', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-'));
  const clock = createMovableClock();
  try {
    {
      await using world = await aWorld({ folder, clock });
      const endpoint = await world.endpoint('github', 'in #ops as api');
      await world.type('/webhook expect api every 1h');
      await world.deliver(endpoint, aPush());
      await world.settled();
    }
    clock.advance(DAY);
    await using world = await aWorld({ folder, clock });
    assert.deepEqual(await noticed(world), []);
    clock.advance(HOUR);
    assert.deepEqual(await noticed(world), ['api is silent']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it('what claims to be a request of our own and is not is refused like anything else', async () => {
  await using world = await aWorld();
  const { url } = await world.endpoint('github', 'in #ops as api');
  const answer = await fetch(url, { method: 'POST', headers: { 'x-bellhop-probe': '0'.repeat(32) } });
  assert.equal(answer.status, 401);
  assert.equal((await world.refusals()).length, 1);
});

/** The titles of the notices that were posted by now. */
async function noticed(world: World): Promise<readonly (string | undefined)[]> {
  await world.app.relay.watchSilence();
  await world.settled();
  const titles = (await world.messages()).map(({ message }) => message.title?.text);
  return titles.filter((title) => /is silent|delivers again/.test(title ?? ''));
}
