import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { AppError } from '../../src/core/errors.ts';
import type { Journal } from '../../src/core/event/journal.ts';
import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { aChat } from '../doubles/chat.ts';
import { aPush, aWorld } from '../world.ts';

describe('posting', () => {
  it('keeps the order of what a channel is owed', async () => {
    const chat = aChat({ budget: { perSecond: 1000, burst: 1000 } });
    await using world = await aWorld({ platforms: [chat.platform] });
    const endpoint = await world.endpoint('github', 'in chat:#ops');
    for (let count = 0; count < 20; count++) await world.deliver(endpoint, aPush({ message: `change ${count}` }));
    await world.settled();
    assert.deepEqual(
      chat.titles('ops'),
      Array.from({ length: 20 }, (_, count) => `octocat pushed to main: change ${count}`),
    );
  });

  it('waits exactly as long as a limited channel says, and does not count it as a failure', async () => {
    const chat = aChat();
    await using world = await aWorld({ platforms: [chat.platform] });
    const endpoint = await world.endpoint('github', 'in chat:#ops');
    chat.fail(new AppError(429, 'limited', 'Too many messages.', { retryAfter: 120 }));
    const before = Date.now();
    await world.deliver(endpoint, aPush());
    await world.settled();
    assert.ok(Date.now() - before >= 115, 'it waited');
    assert.equal(chat.titles('ops').length, 1);
    assert.equal(chat.lookups, 0);
  });

  it('does not let a limited channel delay another', async () => {
    const chat = aChat();
    await using world = await aWorld({ platforms: [chat.platform] });
    const slow = await world.endpoint('github', 'in chat:#slow as slow');
    const quick = await world.endpoint('github', 'in chat:#quick as quick');
    chat.hold('slow');
    await world.deliver(slow, aPush());
    await world.deliver(quick, aPush());
    await chat.until('quick', 1);
    assert.deepEqual(chat.titles('slow'), []);
    chat.release('slow');
    await world.settled();
    assert.equal(chat.titles('slow').length, 1);
  });

  it('looks a message up before it posts it again after a failure that leaves doubt', async () => {
    const chat = aChat();
    await using world = await aWorld({ platforms: [chat.platform] });
    const endpoint = await world.endpoint('github', 'in chat:#ops');
    // The message gets out, and the answer does not come back.
    chat.fail(new AppError(504, 'timeout', 'No answer in time.', { retryAfter: 10 }), { afterPosting: true });
    await world.deliver(endpoint, aPush());
    await world.settled();
    assert.equal(chat.titles('ops').length, 1);
    assert.deepEqual(
      (await world.events()).map(({ state }) => state),
      ['posted'],
    );
  });

  it('gives up what time cannot help, shows why, and tries again when asked', async () => {
    const chat = aChat();
    await using world = await aWorld({ platforms: [chat.platform] });
    const endpoint = await world.endpoint('github', 'in chat:#ops');
    chat.fail(new AppError(404, 'no_channel', 'The channel `#ops` does not exist.'));
    await world.deliver(endpoint, aPush());
    await world.settled();
    assert.deepEqual((await world.events('state=failed')).length, 1);
    const failed = await world.type('/webhook failed');
    assert.match(failed.text, /The channel #ops does not exist/);
    await world.click(failed, /again/i);
    await world.settled();
    assert.equal(chat.titles('ops').length, 1);
    assert.deepEqual(
      (await world.events()).map(({ state }) => state),
      ['posted'],
    );
  });

  it('counts an event as posted once it is posted again after a failure', async () => {
    const chat = aChat();
    await using world = await aWorld({ platforms: [chat.platform] });
    const endpoint = await world.endpoint('github', 'in chat:#ops');
    chat.fail(new AppError(422, 'refused', 'The message was not understood.'));
    await world.deliver(endpoint, aPush());
    await world.settled();
    assert.deepEqual(
      (await world.events()).map(({ state }) => state),
      ['failed'],
    );
    await world.type('/webhook replay 1');
    await world.settled();
    assert.deepEqual(
      (await world.events()).map(({ state }) => state),
      ['posted'],
    );
  });

  it('leaves a channel that takes nothing alone, and says so in another', async () => {
    const chat = aChat();
    await using world = await aWorld({ platforms: [chat.platform] });
    const endpoint = await world.endpoint('github', 'in chat:#ops');
    await world.type('/webhook route github add #spare');
    for (let times = 0; times < 5; times++) chat.fail(new AppError(403, 'closed', 'The channel `#ops` is archived.'));
    for (let times = 0; times < 20; times++) await world.deliver(endpoint, aPush());
    await world.settled();
    assert.equal(chat.calls, 1);
    assert.deepEqual(
      (await world.messages('spare')).filter(({ message }) => message.title?.text === 'Chat #ops takes no messages')
        .length,
      1,
    );
    assert.equal((await world.events('state=failed')).length, 20);
  });

  it('replays an event on every route it has now', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    await world.deliver(endpoint, aPush());
    await world.settled();
    const [event] = await world.events();
    await world.type(`/webhook replay ${event?.id}`);
    await world.settled();
    assert.equal((await world.messages()).filter(({ text }) => text.includes('Fix the door')).length, 2);
  });

  it('replays by the API as by the command, and says who asked', async () => {
    let journal: Journal | undefined;
    await using world = await aWorld({
      journal: async (folder) => (journal = await openJournal({ path: join(folder, 'journal.db') })),
    });
    await world.deliver(await world.endpoint('github', 'in #ops'), aPush());
    await world.settled();
    const { status, json } = await world.call<{ posts: readonly object[] }>('/api/v1/events/1/replay', {
      method: 'POST',
    });
    assert.deepEqual([status, json.posts], [202, [{ id: '2', platform: 'local', channelName: 'ops' }]]);
    const [entry] = (await journal?.audit.list({ limit: 1 })) ?? [];
    assert.deepEqual([entry?.action, entry?.by, entry?.detail], ['replay', 'local:you', 'replayed event 1']);
  });

  it('says that an event cannot be posted when its endpoint has no channel', async () => {
    await using world = await aWorld();
    await world.deliver(await world.endpoint('github', 'in #ops'), aPush());
    await world.type('/webhook route github remove #ops');
    assert.match((await world.type('/webhook replay 1')).text, /cannot be posted/);
    const { status, json } = await world.call<{ code: string; message: string }>('/api/v1/events/1/replay', {
      method: 'POST',
    });
    assert.deepEqual([status, json.code], [409, 'no_route']);
    assert.match(json.message, /cannot be posted/);
  });
});

describe('after a crash', () => {
  it('decides and posts what was only kept', async () => {
    const folder = await aLeftFolder(async (world) => {
      const endpoint = await world.endpoint('github', 'in chat:#ops');
      await world.app.relay.decider.stop();
      await world.deliver(endpoint, aPush());
    });
    const chat = aChat();
    await using world = await aWorld({ folder, platforms: [chat.platform] });
    await world.settled();
    assert.deepEqual(chat.titles('ops'), ['octocat pushed to main: Fix the door']);
  });

  it('does not post again what got out before its outcome was recorded', async () => {
    const chat = aChat();
    const folder = await aLeftFolder(async (world) => {
      const endpoint = await world.endpoint('github', 'in chat:#ops');
      chat.fail(new AppError(504, 'timeout', 'No answer in time.', { retryAfter: 60_000 }), { afterPosting: true });
      await world.deliver(endpoint, aPush());
      await chat.until('ops', 1);
    }, chat);
    await using world = await aWorld({ folder, platforms: [chat.platform] });
    await world.settled();
    assert.equal(chat.titles('ops').length, 1);
    assert.deepEqual(
      (await world.events()).map(({ state }) => state),
      ['posted'],
    );
  });
});

async function aLeftFolder(
  live: (world: Awaited<ReturnType<typeof aWorld>>) => Promise<void>,
  chat = aChat(),
): Promise<string> {
  const { mkdtemp } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const folder = await mkdtemp(`${tmpdir()}/bellhop-`);
  await using world = await aWorld({ folder, platforms: [chat.platform] });
  await live(world);
  return folder;
}
