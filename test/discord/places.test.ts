import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { eventually, wordsOf } from '../chats/chat.ts';
import { aDiscord } from '../chats/places.ts';
import { hastily } from '../doubles/clocks/hasty-clock.ts';
import { aPush } from '../world.ts';

const ROOMY = { messages: { limit: 1_000, milliseconds: 1_000 }, globalPerSecond: 10_000 };

describe('places on Discord', () => {
  it('a forum gets a thread for each event, whose buttons work', async (t) => {
    const { discord, world, say } = await aServer(t);
    const forum = discord.addChannel('incidents', { kind: 'forum' });
    const endpoint = await world.endpoint('github', `in discord:${forum.id} as api`);
    for (const message of ['Fix the door', 'Paint the door']) await world.deliver(endpoint, aPush({ message }));
    await world.settled();
    const threads = [...discord.place.channels.values()].filter(({ parent }) => parent === forum.id);
    assert.deepEqual(
      threads.map(({ name, id }) => [/octocat/.test(name), discord.messages(id).length]),
      [
        [true, 1],
        [true, 1],
      ],
    );
    const [told] = discord.messages(threads[0]?.id ?? '');
    assert.ok(told);
    const menu = await discord.answer(await discord.click(told, '⋯'));
    await discord.answer(await discord.click(menu, 'Mute acme/api for 1 h'));
    assert.match(await say('mutes'), /1 mute/);
  });

  it('a thread gets the messages of an endpoint that somebody made by typing in it', async (t) => {
    const { discord, world, say } = await aServer(t);
    const thread = discord.addChannel('night shift', { kind: 'thread', parent: discord.place.named('ops').id });
    assert.match(await say('new', { provider: 'github', as: 'api' }, 'night shift'), /posted in #night shift/);
    assert.match(await say('test', { endpoint: 'api' }, 'night shift'), /api works/);
    await world.settled();
    assert.equal(discord.messages(thread.id).filter(({ flags }) => !flags).length, 1);
  });

  it('a thread that was archived is opened again', async (t) => {
    const { discord, world } = await aServer(t);
    const thread = discord.addChannel('night', { kind: 'thread', parent: discord.place.named('ops').id });
    const endpoint = await world.endpoint('github', `in discord:${thread.id} as api`);
    thread.archived = true;
    discord.fail({ method: 'POST', path: /messages$/, status: 400, body: { message: 'archived', code: 50083 } });
    await world.deliver(endpoint, aPush());
    await eventually(() => discord.messages(thread.id).length === 1, 'the thread is told');
    assert.equal(thread.archived, false);
  });

  it('permissions that are missing are named one by one, with how to grant them, before anything is made', async (t) => {
    const { discord, say } = await aServer(t);
    const names = {
      viewChannel: 'View Channels',
      sendMessages: 'Send Messages',
      embedLinks: 'Embed Links',
      readMessageHistory: 'Read Message History',
    } as const;
    for (const [permission, name] of Object.entries(names).slice(1)) {
      discord.deny('deploys', [permission as keyof typeof names]);
      const refused = await say('new', { provider: 'github', in: '#deploys' });
      assert.match(
        refused,
        new RegExp(`lacks ${name} in #deploys.*settings, then Permissions, add Bellhop, and allow`),
      );
    }
    discord.deny('deploys', ['sendMessages', 'embedLinks', 'readMessageHistory']);
    assert.match(
      await say('new', { provider: 'github', in: '#deploys' }),
      /lacks Send Messages, Embed Links, Read Message History in #deploys/,
    );
    discord.deny('deploys', ['viewChannel']);
    assert.match(await say('new', { provider: 'github', 'in-elsewhere': '#deploys' }), /View Channels?/);
    assert.match(await say('list'), /no endpoint/);
  });

  it('a permission taken away later is named where the failure is shown', async (t) => {
    const { discord, world, say } = await aServer(t);
    const endpoint = await world.endpoint('github', 'in discord:#ops as api');
    discord.deny('ops', ['embedLinks']);
    await world.deliver(endpoint, aPush());
    await world.settled();
    assert.match(await say('failed'), /Embed Links/);
  });

  it('an announcement channel and the text of a voice channel take messages too', async (t) => {
    const { discord, world } = await aServer(t);
    for (const kind of ['announcement', 'voice'] as const) {
      const { id } = discord.addChannel(kind, { kind });
      await world.deliver(await world.endpoint('github', `in discord:${id}`), aPush());
      await world.settled();
      assert.equal(discord.messages(kind).length, 1);
    }
  });
});

async function aServer(t: TestContext) {
  const { discord, world, close } = await aDiscord('gateway', { limits: ROOMY, clock: hastily });
  t.after(close);
  const say = async (
    command: string,
    options: Readonly<Record<string, string | number | boolean>> = {},
    channel = 'ops',
  ): Promise<string> => {
    const { embeds } = await discord.answer(await discord.type(`/webhook ${command}`, options, { channel }));
    return wordsOf(embeds).replace(/[`*]/g, '');
  };
  return { discord, world, say };
}
