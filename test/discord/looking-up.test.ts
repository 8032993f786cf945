import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { AppError } from '../../src/core/errors.ts';
import type { Discord } from '../doubles/discord/double.ts';
import { validateDiscordMessage } from '../doubles/discord/limits.ts';
import type { Fault } from '../doubles/discord/rest/rest.ts';
import { aDiscordWorld, anEventMessage, aRunner, settingsFor } from '../doubles/discord/world.ts';

const ROOMY = { messages: { limit: 1_000, milliseconds: 1_000 }, globalPerSecond: 10_000 };

/** What Discord may answer to a look-up without answering it. */
const NO_ANSWERS: Readonly<Record<string, Fault>> = {
  'a limit': { status: 429, body: { message: 'no', retry_after: 30, global: false }, headers: { 'retry-after': '30' } },
  'a failure': { status: 503 },
  'a page of a proxy': { status: 200, body: '<html>Just a moment…</html>' },
  'a page that refuses': { status: 403, body: '<html>Forbidden</html>' },
  'half a document': { garbled: '[{"id": "12' },
  'nothing at all': { garbled: '' },
  'an object in place of a list': { garbled: '{}' },
  'a list of something else': { garbled: '[7]' },
  'messages without ids': { garbled: '[{}]' },
  'a cut connection': { reset: 'before' },
  'missing access': { status: 403, body: { message: 'Missing Access', code: 50001 } },
  'a missing permission': { status: 403, body: { message: 'Missing Permissions', code: 50013 } },
  'a code never heard of': { status: 400, body: { message: 'x', code: 999_999 } },
};

describe('looking up a post on Discord', { timeout: 120_000 }, () => {
  for (const [what, fault] of Object.entries(NO_ANSWERS))
    it(`finds out nothing from ${what}, and says when to look again`, async (t) => {
      const { discord, platform, lookUp } = await aPost(t);
      discord.fail({ method: 'GET', path: /messages$/, ...fault });
      await assert.rejects(
        lookUp('posted'),
        ({ status, code, retryAfter }: AppError) =>
          status === 503 && code === 'discord_lookup' && Number(retryAfter) > 0,
      );
      discord.rest.heal();
      assert.ok(await lookUp('posted'));
      assert.equal(await lookUp('never posted'), undefined);
      await platform.stop();
    });

  it('says that it is too early before Discord was reached', async (t) => {
    const { discord, ops, since } = await aPost(t);
    const { platform } = await aDiscordWorld(t, {
      unstarted: true,
      platform: { apiUrl: discord.api, token: discord.token, settings: settingsFor(discord) },
    });
    const lookUp = () => platform.find(ops, { nonce: 'posted', since });
    await assert.rejects(lookUp(), { status: 503, retryAfter: 1_000 });
    await platform.start(aRunner());
    assert.ok(await lookUp());
  });

  it('takes a channel that is gone for an answer: what was posted there is gone too', async (t) => {
    const { discord, lookUp } = await aPost(t);
    discord.removeChannel('ops');
    assert.equal(await lookUp('posted'), undefined);
  });

  it('begins at the newest message, and goes back as far as the first attempt, however much was said since', async (t) => {
    const { discord, lookUp } = await aPost(t, { before: 250 });
    discord.chatter('ops', 1_450);
    const ref = await lookUp('posted');
    assert.equal(ref?.channel, discord.place.named('ops').id);
    const pages = () => discord.calls('GET', /messages$/).length;
    assert.equal(pages(), 15);
    // What is older than the attempt is not looked at.
    assert.equal(await lookUp('never posted', 1), undefined);
    assert.ok(pages() <= 15 + 18, String(pages()));
  });

  it('finds the newest at once, in a channel with thousands of old messages', async (t) => {
    const { discord, lookUp, post } = await aPost(t, { before: 2_000 });
    await post('another');
    assert.ok(await lookUp('another'));
    assert.equal(discord.calls('GET', /messages$/).length, 1);
  });

  it('finds it in a thread, and what was never posted in none', async (t) => {
    const { discord, platform, ops, since } = await aPost(t);
    const root = await platform.post(ops, anEventMessage(), { nonce: 'root' });
    const lookUp = (nonce: string) => platform.find(ops, { nonce, since, thread: root.id });
    assert.equal(await lookUp('reply'), undefined);
    const answer = (nonce: string) => platform.post(ops, anEventMessage(), { nonce, thread: root.id });
    await answer('first');
    discord.fail({ method: 'POST', path: new RegExp(`${root.id}/messages$`), reset: 'after' });
    await assert.rejects(answer('reply'), { status: 502 });
    assert.equal((await lookUp('reply'))?.channel, root.id);
    assert.equal(discord.messages(root.id).length, 2);
    assert.equal(await lookUp('another'), undefined);
  });

  for (const [what, parts] of Object.entries({
    'has no buttons': { actions: [] },
    'has no buttons and a first line for phones': { actions: [], severity: 'critical' },
    'is compact': { density: 'compact' },
    'is nothing but words': { actions: [], title: { text: '' }, body: 'word '.repeat(900) },
    'has a footer': { actions: [], footer: 'acme/api · GitHub' },
  } as const))
    it(`finds a message that ${what}, which looks like any other`, async (t) => {
      const { discord, platform, ops, since, lookUp } = await aPost(t);
      discord.fail({ method: 'POST', path: /messages$/, reset: 'after' });
      const post = () =>
        platform.post(ops, anEventMessage({ title: { text: 'Disk full' }, ...parts }), { nonce: 'bare' });
      await assert.rejects(post(), { status: 502 });
      const { id } = (await lookUp('bare')) ?? assert.fail('it was not found');
      assert.equal((await platform.find(ops, { nonce: 'other', since })) ?? 'none', 'none');
      const found = discord.messages('ops').find((message) => message.id === id);
      assert.deepEqual(found?.components, []);
      const sent = discord.calls('POST', /messages$/).at(-1)?.body;
      assert.deepEqual(validateDiscordMessage(sent), []);
      assert.match(JSON.stringify([sent?.content, sent?.embeds]), /(?:\u200B|\u200C|\u200D|\u2060){16}"/);
    });

  it('works where the bot has another id than its application', async (t) => {
    const { discord, lookUp } = await aPost(t);
    assert.notEqual(discord.place.bot.id, discord.place.application.id);
    assert.ok(await lookUp('posted'));
  });

  it('takes no message of anybody else for ours, though it carries the same mark', async (t) => {
    const { discord, ops, lookUp } = await aPost(t);
    const [ours] = discord.messages('ops');
    const { place } = discord;
    Object.assign(ours ?? {}, { author: { ...(ours?.author as object), id: place.people.member.id } });
    assert.equal(await lookUp('posted'), undefined);
    assert.ok(ops);
  });
});

describe('looking up a forum post on Discord', { timeout: 120_000 }, () => {
  it('finds it before it is posted again, though its answer was lost', async (t) => {
    const { discord, platform, since } = await aPost(t);
    const forum = discord.addChannel('incidents', { kind: 'forum' });
    discord.fail({ method: 'POST', path: /threads$/, reset: 'after' });
    await assert.rejects(platform.post(forum.id, anEventMessage(), { nonce: 'n' }), { status: 502 });
    const ref = await platform.find(forum.id, { nonce: 'n', since });
    assert.equal(ref?.channel, ref?.id);
    assert.equal(threadsOf(discord, forum.id).length, 1);
    assert.equal(await platform.find(forum.id, { nonce: 'another', since }), undefined);
  });

  it('finds it among many threads, and after it was archived', async (t) => {
    const { discord, platform } = await aPost(t);
    const forum = discord.addChannel('incidents', { kind: 'forum' });
    const since = new Date(discord.clock.now());
    const { id } = await platform.post(forum.id, anEventMessage(), { nonce: 'n' });
    for (let number = 0; number < 120; number++)
      discord.addChannel(`talk ${number}`, { kind: 'thread', parent: forum.id });
    for (let number = 0; number < 30; number++)
      await platform.post(forum.id, anEventMessage(), { nonce: `n${number}` });
    assert.equal((await platform.find(forum.id, { nonce: 'n', since }))?.id, id);
    discord.clock.advance(3 * 60 * 60_000);
    for (const [age, thread] of threadsOf(discord, forum.id).entries())
      Object.assign(thread, { archived: true, archivedAt: discord.clock.now() - age * 1_000 });
    assert.equal((await platform.find(forum.id, { nonce: 'n', since }))?.id, id);
    assert.equal(await platform.find(forum.id, { nonce: 'never', since }), undefined);
  });

  for (const [what, path] of Object.entries({
    'the threads': /threads\/active$/,
    'the first message of a thread': /channels\/\d+\/messages\/\d+$/,
    'what kind of channel it is': /channels\/\d+$/,
  }))
    it(`finds out nothing while Discord does not say ${what}`, async (t) => {
      const { discord, platform, since } = await aPost(t);
      const forum = discord.addChannel('incidents', { kind: 'forum' });
      await platform.post(forum.id, anEventMessage(), { nonce: 'n' });
      discord.fail({ method: 'GET', path, status: 200, body: '<html>' });
      const lookUp = () => platform.find(forum.id, { nonce: 'n', since });
      await assert.rejects(lookUp(), { status: 503, code: 'discord_lookup' });
      assert.ok(await lookUp());
    });
});

describe('a post on Discord whose answer is none', { timeout: 120_000 }, () => {
  const answers = {
    'a page of a proxy': { garbled: '<html>Bad gateway</html>' },
    'half a document': { garbled: '{"id": "12' },
    'nothing at all': { garbled: '' },
    'an object without an id': { garbled: '{}' },
    'a list': { garbled: '[]' },
    'a number': { garbled: '7' },
  };
  for (const [what, fault] of Object.entries(answers))
    for (const kind of ['text', 'forum'] as const)
      it(`may be out when it is ${what}, and is found, in a ${kind} channel`, async (t) => {
        const { discord, platform, since } = await aPost(t);
        const { id } = discord.addChannel('place', { kind });
        discord.fail({ method: 'POST', path: kind === 'text' ? /messages$/ : /threads$/, ...fault });
        await assert.rejects(
          platform.post(id, anEventMessage(), { nonce: 'n' }),
          ({ status, retryAfter, message }: AppError) =>
            status >= 500 && Number(retryAfter) > 0 && !/[<\n]/.test(message),
        );
        discord.forgetNonces();
        assert.ok(await platform.find(id, { nonce: 'n', since }));
      });

  it('is doubted, and no channel is blamed, for an unknown code', async (t) => {
    const { discord, platform, ops } = await aPost(t);
    for (const [status, body] of [
      [403, { message: 'something new', code: 123_456 }],
      [404, { message: '404: Not Found', code: 0 }],
      [410, '<html>Gone</html>'],
      [403, '<html>Access denied</html>'],
      [400, { message: 'x' }],
    ] as const) {
      discord.fail({ method: 'POST', path: /messages$/, status, body });
      await assert.rejects(
        platform.post(ops, anEventMessage(), { nonce: 'm' }),
        (error: AppError) => error.status === 502 && error.retryAfter === 30_000 && !error.message.includes('<'),
      );
    }
  });
});

function threadsOf({ place }: Discord, forum: string) {
  return [...place.channels.values()].filter(({ parent }) => parent === forum);
}

/** A platform that has posted one message, named `posted`, after so many of other people. */
async function aPost(t: TestContext, { before = 0 } = {}) {
  const { discord, platform } = await aDiscordWorld(t, { limits: ROOMY });
  const { id: ops } = discord.place.named('ops');
  discord.clock.advance(60 * 60_000);
  discord.chatter('ops', before);
  discord.clock.advance(60 * 60_000);
  const since = new Date(discord.clock.now());
  const post = (nonce: string) => platform.post(ops, anEventMessage(), { nonce });
  await post('posted');
  const lookUp = (nonce: string, minutesAgo = 0) =>
    platform.find(ops, { nonce, since: new Date(since.getTime() - minutesAgo * 60_000) });
  return { discord, platform, ops, since, post, lookUp };
}
