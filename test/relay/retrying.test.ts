import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AppError } from '../../src/core/errors.ts';
import { aChat } from '../doubles/chat.ts';
import { until } from '../until.ts';
import { aPush, aWorld, type World } from '../world.ts';

const AN_HOUR = 3_600_000;

/** A world whose event waits an hour in a lane, since its chat failed once. */
async function aWaitingWorld(status: number) {
  const chat = aChat();
  const world = await aWorld({ platforms: [chat.platform] });
  const endpoint = await world.endpoint('github', 'in chat:#ops');
  chat.fail(new AppError(status, 'away', 'The chat is away.', { retryAfter: AN_HOUR }));
  await world.deliver(endpoint, aPush());
  await until(async () => (await postsOf(world))[0]?.error !== null);
  return { world, chat };
}

async function postsOf({ call }: World) {
  const { json } = await call<{ event: { posts: readonly { state: string; error: string | null }[] } }>(
    '/api/v1/events/1',
  );
  return json.event.posts;
}

const retry = ({ call }: World, user?: string) =>
  call<{ retried: number; code?: string }>('/api/v1/events/1/retry', {
    method: 'POST',
    ...(user && { body: { user } }),
  });

describe('trying a post now', () => {
  it('ends the pause of one that failed, and says in the audit who did it', async () => {
    const { world, chat } = await aWaitingWorld(503);
    await using _ = world;
    const { status, json } = await retry(world, 'mona (page)');
    assert.deepEqual([status, json], [202, { retried: 1 }]);
    await world.settled();
    assert.equal(chat.titles('ops').length, 1);
    assert.match((await world.type('/webhook audit')).text, /mona \(page\)[^\n]* tried 1 message again/);
  });

  it('is a command as well, which its list has as a button', async () => {
    const { world, chat } = await aWaitingWorld(503);
    await using _ = world;
    const list = await world.type('/webhook failed');
    assert.match(list.text, /Not posted yet, and tried again/);
    await world.click(list, /Try now/);
    await world.settled();
    assert.equal(chat.titles('ops').length, 1);
  });

  it('posts one again that was given up', async () => {
    const chat = aChat();
    await using world = await aWorld({ platforms: [chat.platform] });
    const endpoint = await world.endpoint('github', 'in chat:#ops');
    chat.fail(new AppError(400, 'refused', 'The chat refused it.'));
    await world.deliver(endpoint, aPush());
    await world.settled();
    assert.equal((await postsOf(world))[0]?.state, 'failed');
    assert.equal((await retry(world)).json.retried, 1);
    await world.settled();
    assert.equal(chat.titles('ops').length, 1);
  });

  it('does nothing where all is posted, and knows no event that is not there', async () => {
    await using world = await aWorld();
    await world.deliver(await world.endpoint('github', 'in #ops'), aPush());
    await world.settled();
    assert.equal((await retry(world)).json.retried, 0);
    assert.equal((await world.call('/api/v1/events/99/retry', { method: 'POST' })).status, 404);
  });
});
