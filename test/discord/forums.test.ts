import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aDiscord } from '../chats/places.ts';
import { hastily } from '../doubles/clocks/hasty-clock.ts';
import { anAlertGroup } from '../relay/alert-group.ts';
import { until } from '../until.ts';

const ROOMY = { messages: { limit: 1_000, milliseconds: 1_000 }, globalPerSecond: 10_000 };
const ENDED = { status: 'resolved', endsAt: '2026-03-02T14:25:00Z' } as const;

describe('a forum of Discord', () => {
  let place: Awaited<ReturnType<typeof aDiscord>>;
  before(async () => {
    place = await aDiscord('gateway', { limits: ROOMY, clock: hastily });
  });
  after(() => place?.close());

  /** A forum with tags, to which alerts go. */
  async function aForum(name: string, tags: readonly string[] = []) {
    const { discord, world } = place;
    const forum = discord.addChannel(name, { kind: 'forum' });
    discord.place.addTags(forum, tags);
    const endpoint = await world.endpoint('alertmanager', `in discord:${forum.id} as ${name}`);
    const posts = () => [...discord.place.channels.values()].filter(({ parent }) => parent === forum.id);
    return {
      forum,
      posts,
      async alert(parts: Parameters<typeof anAlertGroup>[0] = {}) {
        await world.deliver(endpoint, { headers: {}, ...anAlertGroup(parts) });
        await world.settled();
        return posts().at(-1) ?? assert.fail('there is no post');
      },
      tagsOf: ({ applied }: { readonly applied: readonly string[] }) =>
        applied.map((id) => forum.tags.find((tag) => tag.id === id)?.name).toSorted(),
      says: (post: { readonly id: string }) => JSON.stringify(discord.messages(post.id)),
    };
  }

  it('has a post for each alert, under those of its tags that say how that stands, closed when it is over', async () => {
    const { forum, alert, posts, tagsOf } = await aForum('alerts', ['🔥 Critical', 'firing', 'Resolved', 'Team A']);
    const post = await alert();
    assert.deepEqual([tagsOf(post), post.archived], [['firing', '🔥 Critical'], false]);
    post.applied = [...post.applied, forum.tags.at(-1)?.id ?? ''];
    assert.equal(await alert(ENDED), post);
    assert.deepEqual([tagsOf(post), post.archived, posts().length], [['Resolved', 'Team A'], true, 1]);
  });

  it('has another post for an alert that fires again, which leads to the first', async () => {
    const { alert, posts, tagsOf, says } = await aForum('again', ['open', 'closed']);
    const first = await alert();
    await alert(ENDED);
    const second = await alert({ startsAt: '2026-03-02T15:00:00Z' });
    assert.notEqual(second, first);
    assert.deepEqual([posts().length, tagsOf(first), tagsOf(second)], [2, ['closed'], ['open']]);
    assert.match(says(second), /was over/);
  });

  it('has a post that is closed from the start for what is over when it is first heard of', async () => {
    const { alert, tagsOf } = await aForum('late', ['resolved']);
    const post = await alert(ENDED);
    assert.deepEqual([tagsOf(post), post.archived], [['resolved'], true]);
  });

  it('has a new post where people have locked or deleted the one before', async () => {
    const { alert, posts, says } = await aForum('locked');
    Object.assign(await alert(), { locked: true, archived: true });
    const second = await alert({ instance: 'api-2', fingerprint: '2' });
    assert.match(says(second), /is gone/);
    place.discord.place.channels.delete(second.id);
    const third = await alert({ instance: 'api-3', fingerprint: '3' });
    assert.deepEqual([posts().length, /api-3/.test(says(third))], [2, true]);
  });

  it('keeps tags of moderators for moderators', async () => {
    const { forum, alert, tagsOf } = await aForum('moderated', ['firing']);
    place.discord.place.addTags(forum, ['critical'], { moderated: true });
    assert.deepEqual(tagsOf(await alert()), ['firing']);
  });

  it('has a post without a tag that was removed a moment ago', async () => {
    const { forum, alert, tagsOf } = await aForum('removed', ['firing', 'critical']);
    await alert();
    forum.tags = forum.tags.slice(0, 1);
    assert.deepEqual(tagsOf(await alert({ name: 'Another' })), []);
  });

  it('that requires tags and has none that fits says which to add', async () => {
    const { world } = place;
    const { forum } = await aForum('strict', ['fruit']);
    forum.requiresTag = true;
    const endpoint = await world.endpoint('alertmanager', `in discord:${forum.id} as strict2`);
    await world.deliver(endpoint, { headers: {}, ...anAlertGroup() });
    await until(async () => {
      const { text } = await world.type('/webhook failed');
      return /requires a tag on every post/.test(text);
    });
  });

  it('has names that Discord takes, however long the first line', async () => {
    const { alert } = await aForum('names');
    const { name } = await alert({ summary: '🧯'.repeat(200) });
    assert.ok(name.length <= 100 && name.isWellFormed(), name);
  });
});
