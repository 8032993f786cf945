import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toMessage } from '../../src/core/message/message.ts';
import { createRecentNews } from '../../src/http/live/recent-news.ts';
import { aWorld, type World } from '../world.ts';
import { listen } from './listen.ts';

describe('the live stream', () => {
  it('goes on after the last that a page got, and repeats nothing', async () => {
    await using world = await aWorld();
    const first = await listen(world);
    await say(world, 'one');
    const { id } = await first.next('message');
    await first.leave();
    await say(world, 'two');
    await say(world, 'three');
    const second = await listen(world, id);
    assert.equal((await second.next('hello')).data.resumed, true);
    assert.equal((await second.next('message')).data.message?.text, 'two');
    assert.equal((await second.next('message')).data.message?.text, 'three');
    await second.leave();
  });

  it('says to a page that asks for more than is remembered that it has to load anew', async () => {
    await using world = await aWorld();
    for (const last of ['of another process.1', 'x', '']) {
      const page = await listen(world, last);
      assert.equal((await page.next('hello')).data.resumed, false, last);
      await page.leave();
    }
  });

  it('is told by each page what its reader has read', async () => {
    await using world = await aWorld();
    const page = await listen(world);
    await say(world, 'one');
    const read = await world.call('/api/v1/channels/ops/read', { method: 'PUT', body: { message: '1', user: 'Mona' } });
    assert.deepEqual(read.json, { channel: 'ops', read: '1', unread: 0 });
    assert.equal((await page.next('read')).data.unread, 0);
    await page.leave();
  });

  it('forgets the oldest first, and knows that it did', () => {
    const recent = createRecentNews({ entries: 2, size: 10 });
    const start = recent.lastId;
    const ids = ['a', 'b', 'c'].map((text) => {
      recent.add(() => text);
      return recent.lastId;
    });
    assert.equal(recent.after(start), undefined);
    assert.deepEqual(recent.after(ids[0] ?? ''), ['b', 'c']);
    assert.deepEqual(recent.after(ids[2] ?? ''), []);
    recent.add(() => 'far too long a text');
    assert.equal(recent.after(ids[2] ?? ''), undefined);
    assert.deepEqual(recent.after(recent.lastId), []);
    recent.forget();
    assert.equal(recent.after(ids[2] ?? ''), undefined);
  });
});

describe('the messages of a channel', () => {
  it('are given around one of them, after it, and between two, with how many are on each side', async () => {
    await using world = await aWorld();
    for (const text of ['1', '2', '3', '4', '5', '6', '7']) await say(world, text);
    assert.deepEqual(await page(world, 'around=4&limit=3'), { texts: '3 4 5'.split(' '), older: 2, newer: 2 });
    assert.deepEqual(await page(world, 'after=2&limit=2'), { texts: ['3', '4'], older: 0, newer: 3 });
    assert.deepEqual(await page(world, 'after=2&before=6&limit=2'), { texts: ['3', '4'], older: 0, newer: 1 });
    assert.deepEqual(await page(world, 'before=3&limit=1'), { texts: ['2'], older: 1, newer: 0 });
    assert.deepEqual(await page(world, 'around=0&limit=2'), { texts: ['1', '2'], older: 0, newer: 5 });
    assert.deepEqual(await page(world, 'around=99&limit=4'), { texts: ['6', '7'], older: 5, newer: 0 });
  });
});

async function page(world: World, query: string) {
  const { json } = await world.call<{ messages: { text: string }[]; older: number; newer: number }>(
    `/api/v1/channels/ops/messages?${query}`,
  );
  return { texts: json.messages.map(({ text }) => text), older: json.older, newer: json.newer };
}

async function say(world: World, text: string): Promise<void> {
  await world.app.platforms.get('local')?.post('ops', toMessage({ body: text }), { nonce: `say ${text}` });
}
