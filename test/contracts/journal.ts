import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import type { About } from '../../src/core/event/about.ts';
import type { EventQuery, HookEvent, NewEvent } from '../../src/core/event/event.ts';
import type { Journal } from '../../src/core/event/journal.ts';
import type { LocalMessage } from '../../src/core/event/local-message.ts';
import type { Decided, NewPost, Post } from '../../src/core/event/post.ts';
import type { Refusal } from '../../src/core/event/refusal.ts';
import { toMessage } from '../../src/core/message/message.ts';
import { runs } from '../runs.ts';

const anyUnit = fc.integer({ max: 0xffff, min: 0 }).map((code) => String.fromCharCode(code));
const NOON = new Date('2026-03-01T12:00:00Z');
const ref = { channel: 'C1', id: '7' };

let deliveries = 0;

export function anEvent(parts: Partial<NewEvent> = {}): NewEvent {
  return {
    endpointId: 'alerts',
    provider: 'github',
    type: 'push',
    deliveryId: `delivery-${++deliveries}`,
    repeatWindow: 3600,
    verification: { secretId: 'first', age: 1.5 },
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-twice': ['a', 'b'] },
    query: {},
    body: Buffer.from('{"a":1}'),
    receivedAt: NOON,
    remoteAddress: '192.0.2.1',
    ...parts,
  };
}

export function aPost(parts: Partial<NewPost> = {}): NewPost {
  return { platform: 'local', channel: 'C1', channelName: 'ops', state: 'due', ...parts };
}

export function aDecided(
  eventId: string,
  { about, posts = [aPost()] }: { about?: Partial<About>; posts?: readonly NewPost[] } = {},
): Decided {
  const decision = {
    decidedAt: NOON.toISOString(),
    steps: [{ step: 'verified', text: 'by secret 1' } as const],
    routes: [],
  };
  return { eventId, about: { title: 'Something happened', ...about }, decision, posts };
}

/** What every journal promises. A journal's own test is one call to this. */
export function describeJournal(name: string, open: () => Promise<Journal>) {
  describe(`${name} journal`, () => {
    let journal: Journal;
    before(async () => {
      journal = await open();
    });
    after(() => journal.close());

    const keep = async (parts: Partial<NewEvent> = {}): Promise<HookEvent> => {
      const event = await journal.events.keep(anEvent(parts));
      assert.ok(event);
      return event;
    };
    const keepDecided = async (parts: Partial<NewEvent>, decided: Parameters<typeof aDecided>[1] = {}) => {
      const event = await keep(parts);
      return { event, posts: await journal.posts.decide([aDecided(event.id, decided)]) };
    };
    const listed = async (query: Partial<EventQuery>) =>
      (await journal.events.list({ limit: 50, ...query })).map(({ id }) => id);
    const only = (posts: readonly Post[]): Post => {
      assert.equal(posts.length, 1);
      return posts[0] as Post;
    };

    beforeEach(async () => {
      const held = await journal.posts.list({ state: 'held', limit: 1000 });
      await journal.posts.retry(held.map(({ id }) => id));
      for (const { id } of await journal.posts.due({ limit: 1000 }))
        await journal.posts.settle(id, { state: 'failed', attempts: 1, error: 'over' });
      const undecided = await journal.events.undecided({ limit: 1000 });
      await journal.posts.decide(undecided.map(({ id }) => aDecided(id, { posts: [] })));
      await journal.prune({ before: new Date('2999-01-01') });
    });

    describe('keeping', () => {
      it('gives back what it kept', async () => {
        const event = await keep();
        assert.deepEqual(await journal.events.get(event.id), { ...event, state: 'received' });
      });

      it('brings back any headers, query and body as they came', async () => {
        const values = fc.oneof(fc.string({ unit: anyUnit }), fc.array(fc.string()));
        const pairs = fc.dictionary(fc.string(), values, { noNullPrototype: true });
        const body = fc.uint8Array().map((bytes) => Buffer.from(bytes));
        const parts = fc.record({ headers: pairs, query: pairs, body }, { noNullPrototype: true });
        await fc.assert(
          fc.asyncProperty(parts, async (given) => {
            const event = await journal.events.get((await keep(given)).id);
            assert.deepEqual({ headers: event?.headers, query: event?.query, body: event?.body }, given);
          }),
          { numRuns: runs(50) },
        );
      });

      it('keeps a repeated delivery once', async () => {
        await keep({ deliveryId: 'same' });
        assert.equal(await journal.events.keep(anEvent({ deliveryId: 'same' })), undefined);
        assert.equal((await listed({})).length, 1);
      });

      it('knows a repeat by its key, where it has one, and else by its delivery id', async () => {
        await keep({ deliveryId: 'one', repeatKey: 'body' });
        assert.equal(await journal.events.keep(anEvent({ deliveryId: 'two', repeatKey: 'body' })), undefined);
        assert.ok(await journal.events.keep(anEvent({ deliveryId: 'one', repeatKey: 'another body' })));
        assert.ok(await journal.events.keep(anEvent({ deliveryId: 'one' })));
      });

      it('keeps one of many equal deliveries that arrive together', async () => {
        const kept = await Promise.all(
          Array.from({ length: 20 }, () => journal.events.keep(anEvent({ deliveryId: 'twenty' }))),
        );
        assert.equal(kept.filter(Boolean).length, 1);
      });

      it('keeps an equal delivery again when the repeat window is over', async () => {
        await keep({ deliveryId: 'again', repeatWindow: 60 });
        const inTime = new Date(NOON.getTime() + 59_999);
        const late = new Date(NOON.getTime() + 60_000);
        assert.equal(
          await journal.events.keep(anEvent({ deliveryId: 'again', repeatWindow: 60, receivedAt: inTime })),
          undefined,
        );
        assert.ok(await journal.events.keep(anEvent({ deliveryId: 'again', repeatWindow: 60, receivedAt: late })));
      });

      it('keeps the same delivery id apart on two endpoints', async () => {
        await keep({ endpointId: 'one', deliveryId: 'shared' });
        assert.ok(await journal.events.keep(anEvent({ endpointId: 'two', deliveryId: 'shared' })));
      });

      it('gives ids that grow', async () => {
        const [first, second] = [await keep(), await keep()];
        assert.ok(Number(second.id) > Number(first.id));
      });

      it('leaves the caller’s body usable', async () => {
        const body = Buffer.from('small, so it lives in a pool');
        await keep({ body });
        assert.equal(body.toString(), 'small, so it lives in a pool');
      });

      it('knows no event by an id it never gave', async () => {
        for (const id of ['999999999', '', '-1', '1.5', "1' or 1", '9'.repeat(40), '__proto__'])
          assert.equal(await journal.events.get(id), undefined);
      });

      it('knows when each secret last matched', async () => {
        const later = new Date('2026-03-01T13:00:00Z');
        await keep({ endpointId: 'rotating', verification: { secretId: 'old' } });
        await keep({ endpointId: 'rotating', verification: { secretId: 'new' }, receivedAt: later });
        await keep({ endpointId: 'rotating', verification: { secretId: 'new' } });
        assert.deepEqual(
          await journal.events.secretUse('rotating'),
          new Map([
            ['old', NOON],
            ['new', later],
          ]),
        );
      });
    });

    describe('listing', () => {
      it('shows the newest first, page by page', async () => {
        const ids = [];
        for (let count = 0; count < 5; count++) ids.unshift((await keep()).id);
        const page = await listed({ limit: 2 });
        assert.deepEqual(
          [page, await listed({ limit: 10, before: page[1] as string })],
          [ids.slice(0, 2), ids.slice(2)],
        );
      });

      it('shows what is not decided yet, and its about once it is', async () => {
        const { id } = await keep({ type: 'opened' });
        const [received] = await journal.events.list({ type: 'opened', limit: 5 });
        await journal.posts.decide([aDecided(id, { about: { source: 'acme/api' } })]);
        const [decided] = await journal.events.list({ type: 'opened', limit: 5 });
        assert.deepEqual([received?.state, received?.about], ['received', undefined]);
        assert.deepEqual(
          [decided?.state, decided?.about],
          ['queued', { title: 'Something happened', source: 'acme/api' }],
        );
      });

      it('finds by endpoint, state, source, subject and type, alone and together', async () => {
        const about = { source: 'acme/api', subject: 'pull:1' };
        const { event } = await keepDecided({ endpointId: 'one', type: 'opened' }, { about });
        await keepDecided(
          { endpointId: 'two', type: 'closed' },
          { about: { source: 'acme/web', subject: 'pull:2' }, posts: [] },
        );
        const undecided = await keep({ endpointId: 'one', type: 'closed' });
        const exact = { endpointId: 'one', state: 'queued', type: 'opened', ...about } as const;
        for (const [name, value] of Object.entries(exact)) {
          if (name !== 'endpointId') assert.deepEqual(await listed({ [name]: value }), [event.id], name);
          assert.deepEqual(await listed({ ...exact, [name]: 'dropped' }), [], name);
        }
        assert.deepEqual(await listed(exact), [event.id]);
        assert.deepEqual(await listed({ endpointId: 'one' }), [undecided.id, event.id]);
        assert.deepEqual(await listed({ state: 'received' }), [undecided.id]);
      });

      it('finds any combination that a plain filter finds', async () => {
        const choice = (...values: readonly string[]) => fc.constantFrom(...values);
        const event = fc.record({
          endpointId: choice('one', 'two'),
          type: choice('a', 'b'),
          source: choice('s', 't'),
          subject: choice('p', 'q'),
          fate: choice('undecided', 'dropped', 'queued', 'held'),
        });
        const query = fc.record(
          {
            endpointId: choice('one', 'two'),
            type: choice('a', 'b'),
            source: choice('s', 't'),
            subject: choice('p', 'q'),
            state: choice('received', 'dropped', 'queued', 'held'),
          },
          { requiredKeys: [] },
        );
        await fc.assert(
          fc.asyncProperty(fc.array(event, { maxLength: 8 }), query, async (events, wanted) => {
            const expected: string[] = [];
            const floor = (await listed({ limit: 1 }))[0] ?? '0';
            for (const { fate, source, subject, ...parts } of events) {
              const { id } = await keep(parts);
              const posts = fate === 'dropped' ? [] : [aPost({ state: fate === 'held' ? 'held' : 'due' })];
              if (fate !== 'undecided')
                await journal.posts.decide([aDecided(id, { about: { source, subject }, posts })]);
              const seen =
                fate === 'undecided' ? { ...parts, state: 'received' } : { ...parts, source, subject, state: fate };
              if (Object.entries(wanted).every(([name, value]) => seen[name as keyof typeof seen] === value))
                expected.unshift(id);
            }
            const found = await listed({ ...(wanted as Partial<EventQuery>), limit: 500 });
            assert.deepEqual(
              found.filter((id) => Number(id) > Number(floor)),
              expected,
            );
          }),
          { numRuns: runs(40) },
        );
      });

      it('finds the events of several endpoints', async () => {
        const { event: first } = await keepDecided({ endpointId: 'one' });
        const second = await keep({ endpointId: 'two' });
        await keepDecided({ endpointId: 'three' });
        assert.deepEqual(await listed({ endpointIds: ['one', 'two'] }), [second.id, first.id]);
        assert.deepEqual(await listed({ endpointIds: ['one', 'two'], state: 'received' }), [second.id]);
        assert.deepEqual(await listed({ endpointIds: [] }), []);
      });

      it('leaves out what came before `since`', async () => {
        await keepDecided({ receivedAt: new Date('2026-03-01T11:59:59Z') });
        const { event } = await keepDecided({ receivedAt: NOON });
        const undecided = await keep({ receivedAt: NOON });
        assert.deepEqual(await listed({ since: NOON }), [undecided.id, event.id]);
        assert.deepEqual(await listed({ since: NOON, endpointId: 'alerts' }), [undecided.id, event.id]);
        assert.deepEqual(await listed({ since: NOON, state: 'queued' }), [event.id]);
        assert.deepEqual(await listed({ since: NOON, q: 'something' }), [event.id]);
      });

      it('finds words by their beginning, in any order', async () => {
        const about = {
          title: 'Fix the Überlauf',
          source: 'acme/api',
          actor: 'octocat',
          subject: 'pull_request:acme/api#12',
        };
        const { event } = await keepDecided({ type: 'pull_request.opened', deliveryId: '72d3162e-cc78' }, { about });
        await keepDecided({});
        for (const q of ['fix', 'überl FIX', 'acme/api', 'api#12', 'octo', 'pull_request', '72d3162e', '  acme  fix '])
          assert.deepEqual(await listed({ q }), [event.id], q);
        for (const q of ['ix', 'fix nothing', 'api#13', '###']) assert.deepEqual(await listed({ q }), [], q);
      });

      it('narrows what words find by everything else', async () => {
        const { event } = await keepDecided({ endpointId: 'one' });
        const { event: second } = await keepDecided({ endpointId: 'two' });
        assert.deepEqual(await listed({ q: 'something', endpointId: 'one' }), [event.id]);
        assert.deepEqual(await listed({ q: 'something', state: 'posted' }), []);
        assert.deepEqual(await listed({ q: 'something', before: second.id }), [event.id]);
        assert.deepEqual(await listed({ q: 'something', endpointIds: ['two', 'three'] }), [second.id]);
        assert.deepEqual(await listed({ q: 'something', endpointIds: [] }), []);
      });

      it('takes any text as words', async () => {
        // A database may not even look at the words while there is nothing to find.
        await keepDecided({});
        const syntax = fc.constantFrom(
          '"',
          '*',
          '(',
          ')',
          ':',
          '^',
          '-',
          '+',
          'AND',
          'OR',
          'NOT',
          'NEAR(',
          '\0',
          ' ',
          'a',
          "'",
          '{',
          '}',
          ',',
          '\ud800',
        );
        const text = fc.oneof(
          fc.string({ unit: anyUnit }),
          fc.array(syntax).map((parts) => parts.join('')),
        );
        await fc.assert(fc.asyncProperty(text, async (q) => assert.ok(Array.isArray(await listed({ q })))));
      });

      it('refuses to page from what is not an id', async () => {
        await assert.rejects(journal.events.list({ before: 'x; drop table', limit: 1 }), {
          status: 400,
          message: '`before` must be an id, such as `1024`.',
        });
      });

      it('gives undecided events oldest first, after an id', async () => {
        const [first, second, third] = [await keep(), await keep(), await keep()];
        await journal.posts.decide([aDecided(second.id)]);
        assert.deepEqual(await journal.events.undecided({ limit: 10 }), [first, third]);
        assert.deepEqual(await journal.events.undecided({ limit: 10, after: first.id }), [third]);
      });
    });

    describe('past events', () => {
      it('are decided ones of an endpoint with all that came, newest first, page by page and since a moment', async () => {
        const endpointId = crypto.randomUUID();
        const old = await keep({ endpointId, receivedAt: new Date(NOON.getTime() - 3_600_000) });
        const [first, second, undecided] = [
          await keep({ endpointId }),
          await keep({ endpointId }),
          await keep({ endpointId }),
        ];
        await keep();
        await journal.posts.decide([old, first, second].map(({ id }) => aDecided(id)));
        const pages = (query: Partial<Parameters<typeof journal.events.past>[0]>) =>
          journal.events.past({ endpointId, since: NOON, limit: 10, ...query });
        assert.ok(undecided);
        const stored = [await journal.events.get(second.id), await journal.events.get(first.id)];
        assert.deepEqual(await pages({}), stored);
        assert.deepEqual(await pages({ limit: 1 }), [stored[0]]);
        assert.deepEqual(await pages({ maxBytes: 1 }), [stored[0]]);
        assert.deepEqual(await pages({ before: second.id }), [stored[1]]);
        assert.deepEqual(await pages({ before: first.id }), []);
        assert.equal((await pages({ since: new Date(0) })).length, 3);
      });

      it('say how many each rule has hidden', async () => {
        const endpointId = crypto.randomUUID();
        for (const ruleId of ['one', 'one', 'two', undefined]) {
          const { id } = await keep({ endpointId });
          const decided = aDecided(id, { posts: [] });
          const place = { platform: 'local', channel: 'C1', channelName: 'ops', routeId: 'r1' };
          const route = { ...place, outcome: 'drop', reason: 'hidden', ...(ruleId && { ruleId }) } as const;
          await journal.posts.decide([{ ...decided, decision: { ...decided.decision, routes: [route] } }]);
        }
        const counts = await journal.events.hiddenBy(endpointId, ['one', 'two', 'three']);
        assert.deepEqual(
          [...counts],
          [
            ['one', 2],
            ['two', 1],
            ['three', 0],
          ],
        );
        assert.deepEqual([...(await journal.events.hiddenBy('another', ['one']))], [['one', 0]]);
      });
    });

    describe('deciding and posting', () => {
      it('gives back what a decision owes, in order', async () => {
        const { event, posts } = await keepDecided(
          {},
          { posts: [aPost({ channel: 'C2', routeId: 'r2' }), aPost({ state: 'held', muteId: 'm1' })] },
        );
        assert.deepEqual(
          posts.map(({ eventId, channel, state }) => [eventId, channel, state]),
          [
            [event.id, 'C2', 'due'],
            [event.id, 'C1', 'held'],
          ],
        );
        const stored = await journal.posts.list({ eventId: event.id, limit: 10 });
        assert.deepEqual(
          stored.map(({ id, attempts, muteId }) => [id, attempts, muteId]),
          [
            [posts[1]?.id, 0, 'm1'],
            [posts[0]?.id, 0, undefined],
          ],
        );
      });

      it('keeps the decision with its event', async () => {
        const { event } = await keepDecided({}, { about: { severity: 'critical' } });
        const { about, decision } = aDecided(event.id, { about: { severity: 'critical' } });
        assert.deepEqual(await journal.events.get(event.id), { ...event, state: 'queued', about, decision });
      });

      it('leaves an event alone that is already decided', async () => {
        const { event } = await keepDecided({}, { about: { title: 'First' } });
        assert.deepEqual(await journal.posts.decide([aDecided(event.id, { about: { title: 'Second' } })]), []);
        assert.equal((await journal.events.get(event.id))?.about?.title, 'First');
        assert.equal((await journal.posts.list({ eventId: event.id, limit: 10 })).length, 1);
      });

      it('owes nothing for an event it does not know', async () => {
        assert.deepEqual(await journal.posts.decide([aDecided('999999999'), aDecided('nonsense')]), []);
      });

      it('lets the worst of its channels say where an event stands', async () => {
        const fate = fc.constantFrom('due', 'held', 'posted', 'failed');
        const names = { failed: 'failed', due: 'queued', held: 'held', posted: 'posted' };
        await fc.assert(
          fc.asyncProperty(fc.array(fate, { maxLength: 4 }), async (fates) => {
            const { event, posts } = await keepDecided(
              {},
              {
                posts: fates.map((each, index) =>
                  aPost({ channel: `C${index}`, state: each === 'held' ? 'held' : 'due' }),
                ),
              },
            );
            for (const [index, { id }] of posts.entries()) {
              if (fates[index] === 'posted') await journal.posts.settle(id, { state: 'posted', attempts: 1, ref });
              if (fates[index] === 'failed')
                await journal.posts.settle(id, { state: 'failed', attempts: 3, error: 'no such channel' });
            }
            const worst = (['failed', 'due', 'held', 'posted'] as const).find((each) => fates.includes(each));
            assert.equal((await journal.events.get(event.id))?.state, worst ? names[worst] : 'dropped');
          }),
          { numRuns: runs(30) },
        );
      });

      it('lets the last post of a channel count', async () => {
        const { event, posts } = await keepDecided({});
        await journal.posts.settle(only(posts).id, { state: 'failed', attempts: 1, error: 'no such channel' });
        const again = only(await journal.posts.owe([aPost({ eventId: event.id })]));
        assert.equal((await journal.events.get(event.id))?.state, 'queued');
        await journal.posts.settle(again.id, { state: 'posted', attempts: 1, ref });
        assert.equal((await journal.events.get(event.id))?.state, 'posted');
      });

      it('remembers what a platform refused of a message', async () => {
        const post = only((await keepDecided({})).posts);
        const without = { ...ref, leftOut: ['the picture', 'the button “Graph”'] };
        await journal.posts.settle(post.id, { state: 'posted', attempts: 1, ref: without });
        assert.deepEqual((await journal.posts.get(post.id))?.ref, without);
      });

      it('remembers where a post went, and when', async () => {
        const post = only((await keepDecided({})).posts);
        await journal.posts.settle(post.id, { state: 'posted', attempts: 2, ref });
        const stored = await journal.posts.get(post.id);
        assert.deepEqual([stored?.state, stored?.attempts, stored?.ref], ['posted', 2, ref]);
        assert.ok(stored?.settledAt instanceof Date && stored.createdAt instanceof Date);
      });

      it('settles a post once', async () => {
        const post = only((await keepDecided({})).posts);
        await journal.posts.settle(post.id, { state: 'posted', attempts: 1, ref });
        await journal.posts.settle(post.id, { state: 'failed', attempts: 2, error: 'late' });
        assert.equal((await journal.posts.get(post.id))?.state, 'posted');
      });

      it('notes a failed attempt of a post that stays due', async () => {
        const post = only((await keepDecided({})).posts);
        await journal.posts.attempt(post.id, 3, 'rate limited');
        const stored = await journal.posts.get(post.id);
        assert.deepEqual([stored?.state, stored?.attempts, stored?.error], ['due', 3, 'rate limited']);
      });

      it('makes failed and held posts due again, and only those', async () => {
        const { event, posts } = await keepDecided(
          {},
          { posts: [aPost(), aPost({ state: 'held' }), aPost(), aPost()] },
        );
        const [failed, held, posted, due] = posts.map(({ id }) => id) as [string, string, string, string];
        await journal.posts.settle(failed, { state: 'failed', attempts: 5, error: 'gone' });
        await journal.posts.settle(posted, { state: 'posted', attempts: 1, ref });
        const changed = await journal.posts.retry([held, failed, posted, due, '999999999', 'nonsense']);
        assert.deepEqual(
          changed.map(({ id, state }) => [id, state]),
          [
            [failed, 'due'],
            [held, 'due'],
          ],
        );
        assert.deepEqual(
          [(await journal.events.get(event.id))?.state, (await journal.posts.get(failed))?.error],
          ['queued', undefined],
        );
      });

      it('gives what is due oldest first, after an id', async () => {
        const { posts } = await keepDecided({}, { posts: [aPost(), aPost({ state: 'held' }), aPost()] });
        assert.deepEqual(await journal.posts.due({ limit: 10 }), [posts[0], posts[2]]);
        assert.deepEqual(await journal.posts.due({ limit: 10, after: posts[0]?.id as string }), [posts[2]]);
      });

      it('owes notices and replays', async () => {
        const { event } = await keepDecided({}, { posts: [] });
        const notice = aPost({ endpointId: 'notices', message: toMessage({ body: 'The mute is over.' }) });
        const replay = aPost({ eventId: event.id, replay: true });
        const posts = await journal.posts.owe([notice, replay]);
        assert.deepEqual(
          posts.map(({ id: _, owedAt: at, ...rest }) => [rest, at instanceof Date]),
          [
            [notice, true],
            [replay, true],
          ],
        );
        const about = { title: 'Something happened' };
        assert.deepEqual(
          await journal.posts.due({ limit: 10 }),
          posts.map((post) => (post.replay ? { ...post, about } : post)),
        );
        assert.equal((await journal.events.get(event.id))?.state, 'queued');
      });

      it('lists posts by endpoint, mute and state, newest first', async () => {
        const owed = await journal.posts.owe([
          aPost({ endpointId: 'listed' }),
          aPost({ endpointId: 'listed', state: 'held', muteId: 'night' }),
          aPost({ muteId: 'night' }),
        ]);
        const ids = async (query: object) => (await journal.posts.list({ limit: 10, ...query })).map(({ id }) => id);
        const [first, second, third] = owed.map(({ id }) => id) as [string, string, string];
        assert.deepEqual(await ids({ endpointId: 'listed' }), [second, first]);
        assert.deepEqual(await ids({ muteId: 'night' }), [third, second]);
        assert.deepEqual(await ids({ muteId: 'night', state: 'held' }), [second]);
        assert.deepEqual(await ids({ endpointId: 'listed', before: second }), [first]);
      });

      it('counts posts by state', async () => {
        const before = await journal.posts.count();
        const { posts } = await keepDecided({}, { posts: [aPost(), aPost(), aPost(), aPost({ state: 'held' })] });
        await journal.posts.settle(posts[0]?.id as string, { state: 'posted', attempts: 1, ref });
        await journal.posts.settle(posts[1]?.id as string, { state: 'failed', attempts: 1, error: 'x' });
        const now = await journal.posts.count();
        assert.deepEqual(
          (['due', 'held', 'posted', 'failed'] as const).map((state) => now[state] - before[state]),
          [1, 1, 1, 1],
        );
      });
    });

    describe('remembering', () => {
      const refusal: Omit<Refusal, 'id'> = {
        endpointId: 'refusing',
        at: NOON,
        reason: 'The signature does not match.',
        status: 401,
        method: 'POST',
        headers: { host: 'x' },
        body: Buffer.from('{}'),
        remoteAddress: '192.0.2.1',
      };

      it('gives back refusals, newest first', async () => {
        await journal.refusals.add(refusal);
        await journal.refusals.add({ ...refusal, endpointId: 'other', reason: 'Too old.' });
        const found = await journal.refusals.list({ limit: 10 });
        assert.deepEqual(
          found.map(({ id: _, ...rest }) => rest),
          [{ ...refusal, endpointId: 'other', reason: 'Too old.' }, refusal],
        );
        assert.equal((await journal.refusals.list({ endpointId: 'other', limit: 10 })).length, 1);
      });

      it('keeps the last hundred refusals of each endpoint', async () => {
        await journal.refusals.add({ ...refusal, endpointId: 'quiet' });
        for (let index = 0; index < 103; index++)
          await journal.refusals.add({ ...refusal, endpointId: 'noisy', reason: `${index}` });
        const noisy = await journal.refusals.list({ endpointId: 'noisy', limit: 500 });
        assert.deepEqual([noisy.length, noisy[0]?.reason, noisy.at(-1)?.reason], [100, '102', '3']);
        assert.equal((await journal.refusals.list({ endpointId: 'quiet', limit: 5 })).length, 1);
      });

      it('keeps 64 KB of a refused body', async () => {
        await journal.refusals.add({ ...refusal, endpointId: 'large', body: Buffer.alloc(100_000) });
        assert.equal((await journal.refusals.list({ endpointId: 'large', limit: 1 }))[0]?.body.length, 65_536);
      });

      it('gives back the audit, newest first, page by page', async () => {
        const entry = {
          at: NOON,
          by: 'slack:U1',
          byName: 'ana',
          from: 'slack #ops',
          action: 'rename',
          endpointId: 'audited',
          detail: 'renamed api to web',
          before: 'api',
          after: 'web',
        };
        const general = { at: NOON, by: 'bellhop', byName: 'Bellhop', action: 'unmute', detail: 'ended a mute' };
        await journal.audit.add(entry);
        await journal.audit.add(general);
        const all = await journal.audit.list({ limit: 2 });
        const withoutId = ({ id: _id, ...rest }: (typeof all)[number]) => rest;
        assert.deepEqual(all.map(withoutId), [general, entry]);
        assert.deepEqual((await journal.audit.list({ endpointId: 'audited', limit: 5 })).map(withoutId), [entry]);
        assert.deepEqual((await journal.audit.list({ before: all[0]?.id ?? '', limit: 1 })).map(withoutId), [entry]);
      });
    });

    describe('local messages', () => {
      const message: Omit<LocalMessage, 'id'> = {
        channel: 'ops',
        nonce: 'n1',
        text: 'Hello',
        message: toMessage({ body: 'Hello' }),
        postedAt: NOON,
      };

      it('adds the same nonce once', async () => {
        const first = await journal.messages.add({ ...message, thread: '9' });
        assert.deepEqual(first, { ...message, thread: '9', id: first.id });
        assert.deepEqual(await journal.messages.add({ ...message, text: 'Again' }), first);
        assert.deepEqual(await journal.messages.find('ops', 'n1'), first);
        assert.equal(await journal.messages.find('other', 'n1'), undefined);
      });

      it('edits what is there', async () => {
        const { id } = await journal.messages.add(message);
        const change = { text: 'Bye', message: toMessage({ body: 'Bye' }), editedAt: NOON };
        assert.deepEqual(await journal.messages.edit(id, change), { ...message, ...change, id });
        assert.deepEqual(await journal.messages.find('ops', 'n1'), { ...message, ...change, id });
        assert.equal(await journal.messages.edit('999999999', change), undefined);
      });

      it('lists the newest of a channel, newest last', async () => {
        for (const nonce of ['a', 'b', 'c']) await journal.messages.add({ ...message, nonce });
        await journal.messages.add({ ...message, channel: 'dev', nonce: 'd' });
        const page = await journal.messages.list({ channel: 'ops', limit: 2 });
        assert.deepEqual(
          page.map(({ nonce }) => nonce),
          ['b', 'c'],
        );
        assert.deepEqual(
          (await journal.messages.list({ channel: 'ops', limit: 2, before: page[0]?.id as string })).map(
            ({ nonce }) => nonce,
          ),
          ['a'],
        );
      });

      it('lists and counts those between two', async () => {
        const ids: string[] = [];
        for (const nonce of ['a', 'b', 'c', 'd']) ids.push((await journal.messages.add({ ...message, nonce })).id);
        await journal.messages.add({ ...message, channel: 'dev', nonce: 'e' });
        const span = { channel: 'ops', after: ids[0] as string };
        const nonces = async (query: Parameters<typeof journal.messages.list>[0]) =>
          (await journal.messages.list(query)).map(({ nonce }) => nonce);
        assert.deepEqual(await nonces({ ...span, limit: 2 }), ['b', 'c']);
        assert.deepEqual(await nonces({ ...span, before: ids[2] as string, limit: 2 }), ['b']);
        assert.equal(await journal.messages.count({ ...span, most: 9 }), 3);
        assert.equal(await journal.messages.count({ ...span, most: 2 }), 2);
        assert.equal(await journal.messages.count({ ...span, before: ids[1] as string, most: 9 }), 0);
      });

      it('know how far each person has read, and take what a newcomer finds as read', async () => {
        const first = await journal.messages.add({ ...message, nonce: 'a' });
        await journal.messages.add({ ...message, channel: 'dev', nonce: 'b' });
        const list = (reader = 'mona', most = 9) => journal.readMarks.list({ reader, most });
        const unread = async (reader?: string, most?: number) =>
          (await list(reader, most)).map((each) => [each.channel, each.unread]);
        assert.deepEqual(await list(), [
          { channel: 'dev', lastAt: NOON, unread: 0 },
          { channel: 'ops', lastAt: NOON, unread: 0 },
        ]);
        await journal.readMarks.mark({ reader: 'mona', channel: 'ops', message: first.id });
        const second = await journal.messages.add({ ...message, nonce: 'c' });
        await journal.messages.add({ ...message, channel: 'dev', nonce: 'd' });
        await journal.messages.add({ ...message, channel: 'dev', nonce: 'e' });
        assert.deepEqual(await unread(), [
          ['dev', 2],
          ['ops', 1],
        ]);
        assert.deepEqual(await unread('mona', 1), [
          ['dev', 1],
          ['ops', 1],
        ]);
        assert.deepEqual(await unread('octocat'), [
          ['dev', 0],
          ['ops', 0],
        ]);
        await journal.readMarks.mark({ reader: 'mona', channel: 'ops', message: second.id });
        await journal.readMarks.mark({ reader: 'mona', channel: 'ops', message: first.id });
        assert.deepEqual((await list())[1], { channel: 'ops', lastAt: NOON, read: second.id, unread: 0 });
      });
    });

    describe('pruning', () => {
      it('removes what was received before a moment, with all that hangs on it', async () => {
        const { event: old, posts } = await keepDecided(
          { receivedAt: new Date('2026-02-01') },
          { posts: [aPost({ state: 'held' })] },
        );
        const { event } = await keepDecided({}, { posts: [] });
        assert.equal(await journal.prune({ before: NOON }), 1);
        assert.deepEqual([await listed({}), await listed({ q: 'something' })], [[event.id], [event.id]]);
        assert.deepEqual(
          [await journal.events.get(old.id), await journal.posts.get(posts[0]?.id as string)],
          [undefined, undefined],
        );
      });

      it('keeps what is still to be decided or posted', async () => {
        const receivedAt = new Date('2026-02-01');
        const undecided = await keep({ receivedAt });
        const { event } = await keepDecided({ receivedAt });
        assert.equal(await journal.prune({ before: NOON, maxBytes: 0 }), 0);
        assert.deepEqual(await listed({}), [event.id, undecided.id]);
      });

      it('removes the oldest until the journal is small enough', async () => {
        const ids: string[] = [];
        for (let index = 0; index < 300; index++)
          ids.push((await keepDecided({ body: randomBytes(16_384) }, { posts: [] })).event.id);
        const gone = await journal.prune({ before: new Date(0), maxBytes: 3_000_000 });
        assert.ok(gone > 100 && gone < 300, `${gone} went`);
        assert.deepEqual(await listed({ limit: 500 }), ids.slice(gone).toReversed());
      });
    });

    it('takes a write when asked whether it could', async () => {
      await journal.ping();
    });
  });

  it(`a closed ${name} journal says so`, async () => {
    const journal = await open();
    await journal.close();
    await assert.rejects(journal.ping(), { status: 503, code: 'journal_stopped' });
    await journal.close();
  });
}
