import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Journal } from '../../src/core/event/journal.ts';
import { toMessage } from '../../src/core/message/message.ts';
import { aDecided, anEvent, aPost } from './journal.ts';

const FIRST = new Date('2026-03-01T12:00:00Z');
const LATER = new Date('2026-03-01T12:05:00Z');
const ref = { channel: 'C1', id: '7' };

/** What every journal promises about attempts, about the channels that something is due in, and about what mutes hold. */
export function describeOwing(name: string, open: () => Promise<Journal>) {
  describe(`what channels are owed, in the ${name} journal`, () => {
    let journal: Journal;
    before(async () => {
      journal = await open();
    });
    after(() => journal.close());

    async function owe(parts: Parameters<typeof aPost>[0] = {}) {
      const [post] = await journal.posts.owe([aPost(parts)]);
      assert.ok(post);
      return post;
    }

    async function attempted() {
      const post = await owe();
      await journal.posts.begin(post.id, FIRST);
      await journal.posts.begin(post.id, LATER);
      return post;
    }

    it('remembers a post’s first attempt', async () => {
      const { id, channel } = await attempted();
      const due = await journal.posts.due({ platform: 'local', channel, limit: 50 });
      assert.deepEqual(due.find((post) => post.id === id)?.firstAttemptAt, FIRST);
      assert.deepEqual((await journal.posts.get(id))?.firstAttemptAt, FIRST);
    });

    it('forgets the attempts of a post that surely is not out', async () => {
      const { id } = await attempted();
      await journal.posts.settle(id, { state: 'failed', attempts: 2, error: 'no such channel' });
      const [post] = await journal.posts.retry([id]);
      assert.equal(post?.firstAttemptAt, undefined);
    });

    it('remembers the first attempt of a post that failed and may be out', async () => {
      const { id } = await attempted();
      await journal.posts.settle(id, { state: 'failed', attempts: 2, error: 'no answer', mayBeOut: true });
      const [post] = await journal.posts.retry([id]);
      assert.deepEqual(post?.firstAttemptAt, FIRST);
    });

    it('remembers what was planned of a post, the last time it was attempted', async () => {
      const { id, channel } = await owe();
      const message = { ref, postedAt: FIRST.toISOString() };
      await journal.posts.begin(id, FIRST, { act: 'post' });
      await journal.posts.begin(id, LATER, { act: 'reply', of: message });
      const due = await journal.posts.due({ platform: 'local', channel, limit: 50 });
      const found = due.find((post) => post.id === id);
      assert.deepEqual([found?.firstAttemptAt, found?.plan], [FIRST, { act: 'reply', of: message }]);
      await journal.posts.settle(id, { state: 'posted', attempts: 1, ref, plan: { act: 'edit', of: message } });
      assert.deepEqual((await journal.posts.get(id))?.plan, { act: 'edit', of: message });
    });

    it('gives back what the event of a post is about', async () => {
      const event = await journal.events.keep(anEvent());
      const about = { title: 'Something broke', subject: 'incident:1', severity: 'critical' } as const;
      const [post] = await journal.posts.decide([
        aDecided(event?.id ?? '', { about, posts: [aPost({ channel: 'C9' })] }),
      ]);
      assert.deepEqual(post?.about, about);
      const [due] = await journal.posts.due({ platform: 'local', channel: 'C9', limit: 1 });
      assert.deepEqual(due?.about, about);
      await journal.posts.settle(post?.id ?? '', { state: 'failed', attempts: 1, error: 'no such channel' });
      assert.deepEqual((await journal.posts.retry([post?.id ?? '']))[0]?.about, about);
    });

    it('records with a post what else its message shows, and what is known of their subject', async () => {
      const [first, second] = [await owe(), await owe()];
      const key = { platform: 'local', channel: 'C1', endpointId: 'alerts', subject: 'incident:1' };
      const message = { ref, postedAt: FIRST.toISOString() };
      const course = { firstEventId: '1', eventId: '2', title: 'It broke', gist: 'g', times: 1, turns: [] };
      const at = FIRST.toISOString();
      const record = { ...course, beganAt: at, lastAt: at, countedFrom: at, message };
      assert.equal(await journal.subjects.get(key), undefined);
      const posted = { state: 'posted', attempts: 1, ref } as const;
      const gathered = { ...posted, plan: { act: 'gathered', of: message } } as const;
      await journal.posts.settle(first.id, posted, {
        posts: [{ id: second.id, outcome: gathered }],
        subjects: [{ key, record }],
      });
      assert.deepEqual((await journal.posts.get(second.id))?.plan, gathered.plan);
      assert.deepEqual(await journal.subjects.get(key), record);
      const { subject, ...place } = key;
      assert.deepEqual([...(await journal.subjects.list(place, [subject, 'unknown'])).keys()], [subject]);
      assert.equal(await journal.subjects.get({ ...key, endpointId: 'other' }), undefined);
      await journal.prune({ before: new Date('2999-01-01') });
      assert.equal(await journal.subjects.get(key), undefined);
    });

    it('finds a subject in all channels that know it, and those of an endpoint that were heard of lately', async () => {
      const places = ['C1', 'C2'].map((channel) => ({
        platform: 'local',
        channel,
        endpointId: 'many',
        subject: 'a:1',
      }));
      const at = FIRST.toISOString();
      const message = { ref, postedAt: at };
      const course = { firstEventId: '1', eventId: '2', title: 'It broke', gist: 'g', times: 1, turns: [] };
      const record = { ...course, beganAt: at, lastAt: at, countedFrom: at, message };
      const { id } = await owe();
      const subjects = places.map((key) => ({ key, record }));
      await journal.posts.settle(id, { state: 'posted', attempts: 1, ref }, { subjects });
      const found = await journal.subjects.everywhere('many', 'a:1');
      assert.deepEqual(found.map(({ key }) => key.channel).toSorted(), ['C1', 'C2']);
      assert.deepEqual(await journal.subjects.everywhere('other', 'a:1'), []);
      const recent = (since: Date, limit = 9) => journal.subjects.recent('many', { since, limit });
      assert.equal((await recent(new Date(0))).length, 2);
      assert.equal((await recent(new Date(0), 1)).length, 1);
      assert.equal((await recent(new Date('2999-01-01'))).length, 0);
    });

    it('records what people did with the posts that show it, which say nothing of where their event stands', async () => {
      const event = await journal.events.keep(anEvent());
      const eventId = event?.id ?? '';
      const [first] = await journal.posts.decide([aDecided(eventId, { posts: [aPost()] })]);
      await journal.posts.settle(first?.id ?? '', { state: 'posted', attempts: 1, ref });
      const key = { endpointId: 'alerts', subject: 'incident:7' };
      const deed = { by: 'slack:U1', byName: 'Mona', on: 'Slack', at: FIRST.toISOString(), eventId };
      const handling = { acknowledged: deed, notes: [{ ...deed, text: 'Rolled back' }] };
      const [refresh] = await journal.posts.owe([aPost({ eventId, refresh: true })], { handling: { key, handling } });
      assert.deepEqual(await journal.handlings.get(key), handling);
      assert.deepEqual([...(await journal.handlings.list('alerts', ['incident:7', 'unknown'])).keys()], ['incident:7']);
      assert.equal(await journal.handlings.get({ ...key, endpointId: 'other' }), undefined);
      assert.equal((await journal.events.get(eventId))?.state, 'posted');
      const known = await journal.events.getWithPosts(eventId, 9);
      assert.deepEqual(
        known?.posts.map(({ id }) => id),
        [first?.id],
      );
      await journal.posts.settle(refresh?.id ?? '', { state: 'failed', attempts: 1, error: 'archived' });
      assert.equal((await journal.events.get(eventId))?.state, 'posted');
      assert.deepEqual((await journal.events.getWithPosts(eventId, 9))?.posts[0]?.refresh, true);
      await journal.prune({ before: new Date('2999-01-01') });
      assert.equal(await journal.handlings.get(key), undefined);
    });

    it('drops failed posts when asked to, and only those', async () => {
      const event = await journal.events.keep(anEvent());
      const posts = await journal.posts.decide([
        aDecided(event?.id ?? '', { posts: [aPost(), aPost({ channel: 'C2' })] }),
      ]);
      const [failed, posted] = posts.map(({ id }) => id) as [string, string];
      const before = await journal.posts.count();
      await journal.posts.settle(failed, { state: 'failed', attempts: 1, error: 'no answer', mayBeOut: true });
      await journal.posts.settle(posted, { state: 'posted', attempts: 1, ref });
      const changed = await journal.posts.drop([posted, failed, 'nonsense']);
      assert.deepEqual(
        changed.map(({ id, state, error }) => [id, state, error]),
        [[failed, 'dropped', 'no answer']],
      );
      assert.equal((await journal.events.get(event?.id ?? ''))?.state, 'posted');
      assert.deepEqual(await journal.posts.drop([failed]), []);
      assert.equal((await journal.posts.count()).dropped, before.dropped + 1);
    });

    it('counts an event as dropped whose only post was', async () => {
      const event = await journal.events.keep(anEvent());
      const [post] = await journal.posts.decide([aDecided(event?.id ?? '')]);
      assert.ok(post);
      await journal.posts.settle(post.id, { state: 'failed', attempts: 1, error: 'no such channel' });
      await journal.posts.drop([post.id]);
      assert.equal((await journal.events.get(event?.id ?? ''))?.state, 'dropped');
    });

    it('keeps an event that was set aside among the failed, until it is posted', async () => {
      const event = await journal.events.keep(anEvent());
      const id = event?.id ?? '';
      await journal.posts.decide([{ ...aDecided(id, { posts: [] }), setAside: true }]);
      assert.equal((await journal.events.get(id))?.state, 'failed');
      assert.deepEqual((await journal.events.list({ state: 'failed', limit: 1 }))[0]?.id, id);
      const replay = await owe({ eventId: id, replay: true });
      await journal.posts.settle(replay.id, { state: 'posted', attempts: 1, ref });
      assert.equal((await journal.events.get(id))?.state, 'posted');
    });

    it('knows the channels that something is due in, and what is due in each', async () => {
      const first = await owe({ platform: 'chat', channel: 'A' });
      const second = await owe({ platform: 'chat', channel: 'B' });
      const third = await owe({ platform: 'chat', channel: 'A' });
      const owed = async () => (await journal.posts.owed()).filter(({ platform }) => platform === 'chat');
      assert.deepEqual(await owed(), [
        { platform: 'chat', channel: 'A' },
        { platform: 'chat', channel: 'B' },
      ]);
      const due = async (channel: string, more = {}) =>
        (await journal.posts.due({ platform: 'chat', channel, limit: 10, ...more })).map(({ id }) => id);
      assert.deepEqual([await due('A'), await due('B')], [[first.id, third.id], [second.id]]);
      assert.deepEqual(await due('A', { after: first.id }), [third.id]);
      await journal.posts.settle(second.id, { state: 'posted', attempts: 1, ref });
      assert.deepEqual(await owed(), [{ platform: 'chat', channel: 'A' }]);
    });

    it('lists what could not be posted yet', async () => {
      const [delayed, ready, failed] = [await owe(), await owe(), await owe()];
      await journal.posts.attempt(delayed.id, 1, 'no answer');
      await journal.posts.attempt(failed.id, 1, 'no answer');
      await journal.posts.settle(failed.id, { state: 'failed', attempts: 2, error: 'no answer' });
      const listed = (await journal.posts.list({ delayed: true, limit: 50 })).map(({ id }) => id);
      assert.deepEqual(
        [delayed, ready, failed].map(({ id }) => listed.includes(id)),
        [true, false, false],
      );
    });

    it('knows the mutes that hold something and have had no digest since', async () => {
      const event = await journal.events.keep(anEvent());
      const held = { eventId: event?.id ?? '', state: 'held' } as const;
      await owe({ ...held, muteId: 'night' });
      await owe({ ...held, muteId: 'day' });
      const last = await owe({ ...held, muteId: 'night', channel: 'C2' });
      assert.deepEqual(await journal.posts.holding(), ['day', 'night']);
      await owe({ muteId: 'night', message: toMessage({ body: 'Two were held.' }) });
      assert.deepEqual(await journal.posts.holding(), ['day']);
      await journal.posts.retry((await journal.posts.list({ muteId: 'day', limit: 10 })).map(({ id }) => id));
      assert.deepEqual(await journal.posts.holding(), []);
      assert.equal((await journal.posts.get(last.id))?.state, 'held');
      await owe({ ...held, muteId: 'night' });
      assert.deepEqual(await journal.posts.holding(), ['night']);
    });

    it('summarizes events by their ids', async () => {
      const kept = await journal.events.keep(anEvent({ body: Buffer.from('{"large":true}') }));
      const id = kept?.id ?? '';
      await journal.posts.decide([aDecided(id, { about: { title: 'Something broke' } })]);
      const found = await journal.events.summaries([id, '999999999', 'nonsense']);
      assert.deepEqual(
        found.map((event) => [event.id, event.state, event.about?.title, 'body' in event]),
        [[id, 'queued', 'Something broke', false]],
      );
      assert.deepEqual(await journal.events.summaries([]), []);
    });
  });
}
