import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { HookEvent, NewEvent } from '../../src/core/event/event.ts';
import type { Journal } from '../../src/core/event/journal.ts';
import type { NewPost } from '../../src/core/event/post.ts';
import { toMessage } from '../../src/core/message/message.ts';
import { aDecided, anEvent, aPost } from './journal.ts';

const OLD = new Date('2026-02-01T12:00:00Z');
const NOW = new Date('2026-03-01T12:00:00Z');
const LATER = new Date('2999-01-01T12:00:00Z');

/** What every journal promises about how much it reads at once, and about what it keeps however old and large it gets. */
export function describeBounds(name: string, open: () => Promise<Journal>) {
  describe(`what the ${name} journal reads and keeps`, () => {
    let journal: Journal;
    before(async () => {
      journal = await open();
    });
    after(() => journal.close());

    async function keep(parts: Partial<NewEvent> = {}): Promise<HookEvent> {
      const event = await journal.events.keep(anEvent(parts));
      assert.ok(event);
      return event;
    }

    async function keepDecided(parts: Partial<NewEvent>, decided: Parameters<typeof aDecided>[1] = {}) {
      const event = await keep(parts);
      return { event, posts: await journal.posts.decide([aDecided(event.id, decided)]) };
    }

    it('gives no more undecided events than fit so many bytes, and always one', async () => {
      const ids = [];
      for (let index = 0; index < 4; index++) ids.push((await keep({ body: randomBytes(10_000) })).id);
      const page = async (maxBytes: number, after?: string) =>
        (await journal.events.undecided({ limit: 10, maxBytes, ...(after && { after }) })).map(({ id }) => id);
      assert.deepEqual(await page(25_000), ids.slice(0, 2));
      assert.deepEqual(await page(1, ids[1]), ids.slice(2, 3));
      assert.deepEqual(await page(1_000_000), ids);
      assert.deepEqual(await page(1, ids.at(-1)), []);
    });

    it('gives no more due posts than fit so many bytes, and always one', async () => {
      const message = toMessage({ body: 'x'.repeat(10_000) });
      const owed = await journal.posts.owe(Array.from({ length: 4 }, () => aPost({ message })));
      const ids = owed.map(({ id }) => id);
      const page = async (maxBytes: number) => (await journal.posts.due({ limit: 10, maxBytes })).map(({ id }) => id);
      assert.deepEqual([await page(25_000), await page(1)], [ids.slice(0, 2), ids.slice(0, 1)]);
    });

    it('shows labels with an event, and leaves them out of lists', async () => {
      const labels = { team: 'payments', env: 'prod' };
      const { event } = await keepDecided({ endpointId: 'labelled' }, { about: { source: 'acme/api', labels } });
      const bare = { title: 'Something happened', source: 'acme/api' };
      const [listed] = await journal.events.list({ endpointId: 'labelled', limit: 5 });
      const [summary] = await journal.events.summaries([event.id]);
      assert.deepEqual([listed?.about, summary?.about], [bare, bare]);
      assert.deepEqual((await journal.events.get(event.id))?.about, { ...bare, labels });
    });

    it('summarizes the events of some ids, oldest first', async () => {
      const [first, second] = [await keep({ type: 'opened' }), (await keepDecided({ type: 'closed' })).event];
      const found = await journal.events.summaries([second.id, '999999999', first.id, 'nonsense', second.id]);
      assert.deepEqual(
        found.map((event) => [event.id, event.type, event.state, 'body' in event]),
        [
          [first.id, 'opened', 'received', false],
          [second.id, 'closed', 'queued', false],
        ],
      );
      assert.deepEqual(await journal.events.summaries([]), []);
    });

    it('gives an event together with its newest posts', async () => {
      const { event, posts } = await keepDecided({}, { posts: [aPost(), aPost({ channel: 'C2' }), aPost()] });
      const found = await journal.events.getWithPosts(event.id, 2);
      assert.deepEqual(found?.event, await journal.events.get(event.id));
      assert.deepEqual(
        found?.posts.map(({ id }) => id),
        [posts[2]?.id, posts[1]?.id],
      );
      for (const id of ['999999999', 'nonsense']) assert.equal(await journal.events.getWithPosts(id, 2), undefined);
    });

    it('remembers the thread that a post goes to', async () => {
      const [post] = await journal.posts.owe([aPost({ endpointId: 'threads', thread: '1700000000.0001' })]);
      assert.equal((await journal.posts.get(post?.id as string))?.thread, '1700000000.0001');
      const due = await journal.posts.due({ limit: 500 });
      assert.deepEqual(
        due.find(({ id }) => id === post?.id),
        post,
      );
    });

    it('takes text that no database can hold as it is, and finds it again', async () => {
      const [type, deliveryId, source] = ['push\0ed', 'half \ud83d of a pair', 'acme/\0api\udc00'];
      const { event } = await keepDecided({ type, deliveryId }, { about: { title: 'Nul \0', source } });
      assert.equal(await journal.events.keep(anEvent({ type, deliveryId })), undefined);
      const stored = await journal.events.get(event.id);
      assert.deepEqual([stored?.type, stored?.deliveryId], [event.type, event.deliveryId]);
      for (const query of [{ type }, { source }, { type, source }, { type: event.type }, { q: 'nul' }])
        assert.deepEqual(
          (await journal.events.list({ ...query, limit: 5 })).map(({ id }) => id),
          [event.id],
        );
    });

    describe('pruning', () => {
      const held = (parts: Partial<NewPost> = {}) => aPost({ state: 'held', muteId: 'long', ...parts });
      const isThere = async (id: string) => (await journal.events.get(id)) !== undefined;
      const digest = () =>
        journal.posts.owe([aPost({ muteId: 'long', message: toMessage({ body: 'One was held.' }) })]);
      const settleAll = async () => {
        for (const { id } of await journal.posts.due({ limit: 500 }))
          await journal.posts.settle(id, { state: 'failed', attempts: 1, error: 'over' });
      };

      for (const [limit, limits] of [
        ['age', { before: NOW }],
        ['size', { before: new Date(0), maxBytes: 0 }],
      ] as const)
        it(`by ${limit} keeps what a mute holds until there was a digest of it`, async () => {
          const { event } = await keepDecided({ receivedAt: OLD }, { posts: [aPost(), held()] });
          await settleAll();
          await journal.prune(limits);
          assert.ok(await isThere(event.id));
          await digest();
          await journal.prune(limits);
          assert.ok(!(await isThere(event.id)));
          await settleAll();
        });

      it('keeps what a mute has held since its last digest', async () => {
        await digest();
        const { event } = await keepDecided({ receivedAt: OLD }, { posts: [held()] });
        await settleAll();
        await journal.prune({ before: NOW });
        assert.ok(await isThere(event.id));
        await journal.posts.retry((await journal.posts.list({ eventId: event.id, limit: 5 })).map(({ id }) => id));
        await settleAll();
      });

      it('keeps a digest as long as anything that its mute held', async () => {
        const { event, posts } = await keepDecided(
          { receivedAt: OLD },
          { posts: [held({ muteId: 'kept' }), aPost({ channel: 'C2' })] },
        );
        const notice = toMessage({ body: 'One was held.' });
        const [post] = await journal.posts.owe([aPost({ muteId: 'kept', message: notice })]);
        const outcome = { state: 'posted', attempts: 1, ref: { channel: 'C1', id: '7' } } as const;
        const digestId = post?.id as string;
        await journal.posts.settle(digestId, outcome);
        await journal.prune({ before: LATER });
        assert.ok(await isThere(event.id));
        assert.ok(await journal.posts.get(digestId));
        await journal.posts.settle(posts[1]?.id as string, outcome);
        await journal.prune({ before: LATER });
        assert.ok(!(await isThere(event.id)));
        assert.equal(await journal.posts.get(digestId), undefined);
      });
    });
  });
}
