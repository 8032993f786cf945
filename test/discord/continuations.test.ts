import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { reply } from '../../src/core/command/reply.ts';
import type { AppError } from '../../src/core/errors.ts';
import type { Discord } from '../doubles/discord/double.ts';
import type { Json, Message } from '../doubles/discord/messages.ts';
import { aDiscordWorld, anEventMessage, aRunner, settingsFor, until } from '../doubles/discord/world.ts';
import { aWorld } from '../world.ts';

const PING = { name: 'ada', ids: { discord: '123456789012345678' } };
const REFUSED = { status: 400, body: { message: 'Invalid Form Body', code: 50035 } };
const MORE = { label: 'Show all', command: 'why', options: { event: 'e1' } };

describe('a post of two messages on Discord', () => {
  it('goes on in the second, which answers the first, pings nobody and has no buttons', async (t) => {
    const { discord, post } = await aDiscordWorld(t);
    await post(aLongMessage({ mentions: [PING] }));
    assert.deepEqual(wordsIn(discord), WORDS);
    const [first, second] = discord.messages('ops');
    assert.equal(referenceOf(second), first?.id);
    assert.deepEqual([second?.content, second?.components], ['', []]);
    assert.deepEqual(discord.calls('POST', /messages$/)[1]?.body.allowed_mentions, { parse: [], replied_user: false });
    assert.match(String(first?.content), /<@123456789012345678>/);
  });

  it('stays together in a forum and in a thread', async (t) => {
    const { discord, platform, post } = await aDiscordWorld(t);
    const forum = discord.addChannel('incidents', { kind: 'forum' });
    const { channel } = await platform.post(forum.id, aLongMessage(), { nonce: 'a' });
    const root = await post();
    await platform.post(root.channel, aLongMessage(), { nonce: 'b', thread: root.id });
    for (const thread of [channel, root.id]) assert.deepEqual(wordsIn(discord, thread), WORDS);
  });

  for (const [trouble, fault] of Object.entries({
    'is down': { status: 503 },
    'asks to wait': { status: 429, body: { message: 'no', retry_after: 1, global: false } },
    'does not answer': { reset: 'before' },
    'was not heard': { reset: 'after' },
  } as const))
    it(`fails as a whole when Discord ${trouble} in between, and is posted once when it is tried again`, async (t) => {
      const { discord, platform } = await aDiscordWorld(t);
      const since = new Date(discord.clock.now());
      const forum = discord.addChannel('incidents', { kind: 'forum' }).id;
      for (const channel of [discord.place.named('ops').id, forum]) {
        discord.fail({ method: 'POST', when: isSecond, ...fault });
        const send = () => platform.post(channel, aLongMessage(), { nonce: channel });
        await assert.rejects(send(), ({ retryAfter }: AppError) => retryAfter !== undefined);
        const found = await platform.find(channel, { nonce: channel, since });
        assert.equal(found !== undefined, trouble === 'was not heard');
        if (found) continue;
        await send();
        assert.ok(await platform.find(channel, { nonce: channel, since }));
      }
      assert.deepEqual(wordsIn(discord), WORDS);
      const threads = [...discord.place.channels.values()].filter(({ parent }) => parent === forum);
      assert.deepEqual(
        threads.map(({ id }) => wordsIn(discord, id)),
        [WORDS],
      );
    });

  it('is posted once though the second had to wait until Discord has forgotten the first', async (t) => {
    const { discord, post } = await aDiscordWorld(t);
    discord.fail({ method: 'POST', when: isSecond, status: 503 });
    await assert.rejects(post(aLongMessage(), 'ops', 'n'));
    discord.clock.advance(60 * 60_000);
    await post(aLongMessage(), 'ops', 'n');
    assert.deepEqual(wordsIn(discord), WORDS);
    assert.equal(discord.messages('ops')[0]?.edited_timestamp, null);
  });

  for (const minutes of [0, 60])
    it(`does not count as posted when only the first was posted before a crash, and is whole ${minutes} minutes later`, async (t) => {
      const { discord, platform, post } = await aDiscordWorld(t);
      const since = new Date(discord.clock.now());
      const { id: ops } = discord.place.named('ops');
      discord.fail({ method: 'POST', when: isSecond, reset: 'before' });
      await assert.rejects(post(aLongMessage(), 'ops', 'n'));
      await platform.stop();
      discord.clock.advance(minutes * 60_000);
      const again = await restarted(t, discord);
      assert.equal(await again.find(ops, { nonce: 'n', since }), undefined);
      const ref = await again.post(ops, aLongMessage(), { nonce: 'n' });
      assert.deepEqual(wordsIn(discord), WORDS);
      assert.deepEqual(await again.find(ops, { nonce: 'n', since }), ref);
    });

  it('is posted again when somebody deleted what there was of it', async (t) => {
    const { discord, post } = await aDiscordWorld(t);
    discord.fail({ method: 'POST', when: isSecond, status: 503 });
    await assert.rejects(post(aLongMessage(), 'ops', 'n'));
    const [{ id } = { id: '' }] = discord.messages('ops');
    await fetchAs(discord, 'DELETE', `/channels/${discord.place.named('ops').id}/messages/${id}`);
    discord.clock.advance(60 * 60_000);
    await post(aLongMessage({ footer: 'changed' }), 'ops', 'n');
    assert.deepEqual(wordsIn(discord), WORDS);
  });

  it('is cut, with a button to the rest, when Discord refuses the second', async (t) => {
    const { discord, platform, post } = await aDiscordWorld(t);
    discord.fail({ method: 'POST', when: isSecond, ...REFUSED });
    const ref = await post(aLongMessage({ more: MORE }), 'ops', 'n');
    const [only, ...others] = discord.messages('ops');
    assert.deepEqual(others, []);
    assert.match(JSON.stringify(only?.embeds), /-# … [\d,]+ more characters/);
    assert.match(JSON.stringify(only?.components), /Show all/);
    assert.deepEqual(
      await platform.find(ref.channel, { nonce: 'n', since: new Date(discord.clock.now() - 60_000) }),
      ref,
    );
  });

  it('is one plain line when Discord refuses the first', async (t) => {
    const { discord, post } = await aDiscordWorld(t);
    discord.fail({ method: 'POST', path: /messages$/, ...REFUSED });
    await post(aLongMessage());
    const [only, ...others] = discord.messages('ops');
    assert.match(String(only?.content), /^octocat pushed to main/);
    assert.deepEqual([only?.embeds, others], [[], []]);
  });

  it('is changed as a whole: the second with the first, gone when it is not needed, and there when it is', async (t) => {
    const { discord, platform, post } = await aDiscordWorld(t);
    const ref = await post(aLongMessage());
    await post(anEventMessage({ body: 'Another.' }));
    await platform.edit(ref, aLongMessage({ footer: 'changed' }));
    const [first, second, other] = discord.messages('ops');
    assert.deepEqual([second?.embeds.at(-1)?.footer, referenceOf(second)], [{ text: 'changed' }, first?.id]);
    await platform.edit(ref, anEventMessage());
    assert.deepEqual(
      discord.messages('ops').map(({ id }) => id),
      [ref.id, other?.id],
    );
    await platform.edit(ref, aLongMessage());
    assert.deepEqual(wordsIn(discord), WORDS);
    assert.equal(discord.messages('ops').length, 3);
  });
});

it('a preview shows both messages that Discord would be sent, and one where one is enough', async () => {
  await using world = await aWorld();
  const preview = async (template: string) => {
    const body = { provider: 'generic', payload: { title: 'x' }, template, density: 'full' };
    const { json } = await world.call<Previewed>('/api/v1/preview', { method: 'POST', body });
    return json;
  };
  const { discord } = (await preview(WORDS.join('\n\n'))).drawings;
  assert.deepEqual(JSON.stringify(discord).match(/word\d+/g), WORDS_SAID);
  assert.equal(discord.length, 2);
  assert.equal((await preview('short')).drawings.discord.length, 1);
});

describe('an answer of two messages on Discord', () => {
  for (const [visibleTo, seen] of [
    ['caller', [0, 2]],
    ['channel', [2, 0]],
  ] as const)
    it(`is seen by the same people: ${visibleTo}`, async (t) => {
      const run = aRunner(() => reply(WORDS.join('\n\n'), { visibleTo }));
      const { discord } = await aDiscordWorld(t, { run });
      await discord.answer(await discord.type('/webhook secret'));
      await eventuallyTwo(discord);
      assert.deepEqual([discord.messages('ops').length, discord.ephemeral('ops').length], seen);
      const all = [...discord.messages('ops'), ...discord.ephemeral('ops')];
      assert.deepEqual(JSON.stringify(all.map(({ embeds }) => embeds)).match(/word\d+/g), WORDS_SAID);
    });

  it('offers the form again on the first', async (t) => {
    const run = aRunner(({ options }) =>
      options.provider
        ? reply(WORDS.join('\n\n'), { data: { code: 'bad' } })
        : reply('Form.', { form: { command: 'new', title: 'New', ask: ['provider'], options: {}, submit: 'Go' } }),
    );
    const { discord } = await aDiscordWorld(t, { run });
    await discord.answer(await discord.submit(await discord.type('/webhook new'), { Provider: 'stripe' }));
    await eventuallyTwo(discord);
    const [first, second] = discord.ephemeral('ops');
    assert.match(JSON.stringify(first?.components), /Fill in…/);
    assert.deepEqual(second?.components, []);
  });
});

interface Previewed {
  readonly drawings: { readonly discord: readonly unknown[] };
}

const WORDS_SAID = Array.from({ length: 450 }, (_, index) => `word${index}`);
const WORDS = WORDS_SAID.map((word) => `${word} says a thing`);

function aLongMessage(parts: Parameters<typeof anEventMessage>[0] = {}) {
  return anEventMessage({ body: WORDS.join('\n\n'), ...parts });
}

function wordsIn(discord: Discord, channel = 'ops'): readonly string[] {
  return [
    ...JSON.stringify(discord.messages(channel).map(({ embeds }) => embeds)).matchAll(/word\d+ says a thing/g),
  ].map(([word]) => word);
}

function isSecond(body: Json): boolean {
  return body.message_reference !== undefined;
}

function referenceOf(message: Message | undefined): unknown {
  return (message?.message_reference as Json | undefined)?.message_id;
}

async function eventuallyTwo(discord: Discord): Promise<void> {
  await until(() => discord.messages('ops').length + discord.ephemeral('ops').length === 2);
}

async function restarted(t: TestContext, discord: Discord) {
  const { api, token, clock } = discord;
  const { platform } = await aDiscordWorld(t, {
    unstarted: true,
    platform: {
      apiUrl: api,
      token,
      settings: settingsFor(discord),
      clock: { now: () => new Date(clock.now()), elapsed: clock.now, sleep: clock.sleep },
    },
  });
  await platform.start(aRunner());
  return platform;
}

async function fetchAs({ api, token }: Discord, method: string, path: string): Promise<void> {
  await fetch(`${api}/v10${path}`, { method, headers: { authorization: `Bot ${token}` } });
}
