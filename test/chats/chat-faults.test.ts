import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../src/app/system-clock.ts';
import type { Clock } from '../../src/core/clock.ts';
import { aClockToHurry } from '../doubles/clocks/clock-to-hurry.ts';
import { hastily } from '../doubles/clocks/hasty-clock.ts';
import { startDiscord } from '../doubles/discord/double.ts';
import { BOT_TOKEN, startSlack } from '../doubles/slack/double.ts';
import { aPush, aWorld, type Endpoint, type World } from '../world.ts';
import { eventually, wordsOf } from './chat.ts';
import { connected, discordEnvironment, health, slackEnvironment } from './places.ts';

const CROWD = 200;

describe('a Slack channel that takes nothing any more', () => {
  const ends = {
    'was archived': (slack: Slack) => void Object.assign(slack.workspace.channelOf('ops') ?? {}, { archived: true }),
    'put Bellhop out': (slack: Slack) => void Object.assign(slack.workspace.channelOf('ops') ?? {}, { joined: false }),
    'was deleted': (slack: Slack) => void slack.workspace.channels.delete('C0OPS'),
  };
  for (const [what, end] of Object.entries(ends))
    it(`is left alone when it ${what}, and its owner is notified elsewhere`, async (t) => {
      const { slack, world, endpoint } = await aSlackWorld(t);
      end(slack);
      await deliver(world, endpoint, 20);
      await world.settled();
      assert.equal(slack.calls('chat.postMessage').length, 1);
      await assertToldElsewhere(world, /Slack #ops takes no messages/);
    });

  it('gets what it is owed once it is open again and somebody asks', async (t) => {
    const { slack, world, endpoint } = await aSlackWorld(t);
    Object.assign(slack.workspace.channelOf('ops') ?? {}, { archived: true });
    await deliver(world, endpoint, 3);
    await world.settled();
    Object.assign(slack.workspace.channelOf('ops') ?? {}, { archived: false });
    await world.type('/webhook failed retry');
    await eventually(() => slack.messages('ops').length === 3, 'all three are posted');
    assert.deepEqual(told(slack.messages('ops')), ['1', '2', '3']);
  });
});

describe('a Discord channel that takes nothing any more', () => {
  const ends = {
    'was deleted (10003)': (discord: Discord) => void discord.removeChannel('ops'),
    'hides from Bellhop (50001)': (discord: Discord) => discord.deny('ops', ['viewChannel']),
    'forbids it to write (50013)': (discord: Discord) => discord.deny('ops', ['sendMessages']),
  };
  for (const [what, end] of Object.entries(ends))
    it(`is left alone when it ${what}, and its owner is notified elsewhere`, async (t) => {
      const { discord, world, endpoint } = await aDiscordWorld(t);
      const { id } = discord.place.named('ops');
      end(discord);
      const before = discord.calls().length;
      await deliver(world, endpoint, 20);
      await world.settled();
      const calls = discord.calls().slice(before);
      assert.equal(calls.filter(({ path }) => path.includes(id)).length, 1);
      assert.equal(calls.filter(({ status }) => status === 403 || status === 404).length, 1);
      await assertToldElsewhere(world, /Discord #ops takes no messages/);
      assert.doesNotMatch((await world.type('/webhook failed')).text, new RegExp(id));
    });
});

it('a message that Discord’s AutoMod blocks is given up alone', async (t) => {
  const { discord, world, endpoint } = await aDiscordWorld(t);
  const body = { code: 200000, message: 'Message was blocked by automatic moderation' };
  discord.fail({ method: 'POST', path: /messages$/, status: 403, body });
  await deliver(world, endpoint, 3);
  await world.settled();
  assert.deepEqual(told(discord.messages('ops')), ['2', '3']);
  assert.match((await world.type('/webhook failed')).text, /1 message failed.*AutoMod/s);
});

describe('a limited channel', () => {
  it('delays no other, on Slack', async (t) => {
    const { slack, world, endpoint } = await aSlackWorld(t, { clock: systemClock });
    slack.limit({ perSecond: 1 / 60, burst: 1 });
    await deliver(world, endpoint, 2);
    await eventually(() => slack.calls('chat.postMessage').length === 2, 'the second is refused');
    await deliver(world, await world.endpoint('github', 'in slack:#deploys'), 1);
    await eventually(() => slack.messages('deploys').length === 1, 'the other channel is told');
    assert.equal(slack.messages('ops').length, 1);
  });

  it('delays no other, on Discord', async (t) => {
    const { discord, world, endpoint } = await aDiscordWorld(t, { clock: systemClock });
    const { id } = discord.place.named('ops');
    discord.limit('shared', 60, { path: new RegExp(`${id}/messages`) });
    await deliver(world, endpoint, 1);
    await eventually(() => discord.calls('POST', new RegExp(id)).length === 1, 'the first is refused');
    await deliver(world, await world.endpoint('github', 'in discord:#deploys'), 2);
    await eventually(() => discord.messages('deploys').length === 2, 'the other channel is told');
    assert.equal(discord.messages('ops').length, 0);
  });
});

describe('a chat that is away for a while', () => {
  it('gets everything once and in order when Slack is back', async (t) => {
    const { slack, world, endpoint } = await aSlackWorld(t);
    slack.fail('chat.postMessage', { reset: true, afterwards: true });
    await deliver(world, endpoint, 1);
    await eventually(() => slack.messages('ops').length === 1, 'the first is out, its answer lost');
    slack.down();
    await deliver(world, endpoint, 9, 1);
    await eventually(async () => !(await health(world, 'slack')).ready, 'Bellhop notices');
    slack.up();
    await eventually(() => slack.messages('ops').length === 10, 'all are told');
    await world.settled();
    assert.deepEqual(told(slack.messages('ops')), numbers(10));
    await connected(world, 'slack');
  });

  it('gets everything once and in order when Discord is back', async (t) => {
    const { discord, world, endpoint } = await aDiscordWorld(t);
    discord.fail({ method: 'POST', path: /messages$/, reset: 'after' });
    discord.fail({ reset: 'before', times: 1_000 });
    await deliver(world, endpoint, 4);
    await eventually(() => discord.messages('ops').length === 1, 'the first is out, its answer lost');
    const lost = discord.rest.lost();
    await eventually(() => discord.rest.lost() > lost + 1, 'Bellhop tries again');
    discord.rest.heal();
    await eventually(() => discord.messages('ops').length === 4, 'all are told');
    await world.settled();
    assert.deepEqual(told(discord.messages('ops')), numbers(4));
  });
});

describe('a token that is taken away in mid-life', () => {
  it('shows on Slack, and what is owed is posted when it is good again', async (t) => {
    const { clock, hurry } = aClockToHurry();
    const { slack, world, endpoint } = await aSlackWorld(t, { clock });
    slack.revoke(BOT_TOKEN);
    await deliver(world, endpoint, 3);
    await eventually(async () => !(await health(world, 'slack')).ready, 'Bellhop notices');
    assert.match((await health(world, 'slack')).detail, /token_revoked/);
    slack.restore(BOT_TOKEN);
    hurry();
    await eventually(() => slack.messages('ops').length === 3, 'all are told');
    assert.deepEqual(told(slack.messages('ops')), numbers(3));
    await connected(world, 'slack');
  });

  it('shows on Discord, and what is owed is posted when it is good again', async (t) => {
    const { clock, hurry } = aClockToHurry();
    const { discord, world, endpoint } = await aDiscordWorld(t, { clock });
    discord.revoke();
    await deliver(world, endpoint, 3);
    await eventually(async () => !(await health(world, 'discord')).ready, 'Bellhop notices');
    assert.match((await health(world, 'discord')).detail, /DISCORD_TOKEN/);
    discord.restore();
    hurry();
    await eventually(() => discord.messages('ops').length === 3, 'all are told');
    assert.deepEqual(told(discord.messages('ops')), numbers(3));
    assert.equal(discord.calls().filter(({ status }) => status === 401).length, 1);
    await connected(world, 'discord');
  });
});

describe('a gateway of Discord that is closed with 4004', () => {
  it('shows, and answers again by itself when the token works', async (t) => {
    const { clock, hurry } = aClockToHurry();
    const { discord, world } = await aDiscordWorld(t, { clock });
    discord.revoke();
    discord.close(4004);
    await eventually(async () => !(await health(world, 'discord')).ready, 'Bellhop notices');
    const asked = async () => /does not accept the token\. Put/.test((await health(world, 'discord')).detail);
    await eventually(asked, 'Bellhop asks whether the token works, and shows what to do');
    discord.restore();
    hurry();
    await connected(world, 'discord');
    assert.match(wordsOf(await discord.answer(await discord.type('webhook list'))), /1 endpoint/);
  });
});

describe('a crowd that types at once', () => {
  it('is answered on Slack, each person once', async (t) => {
    const { slack } = await aSlackWorld(t, { clock: systemClock });
    await Promise.all(Array.from({ length: CROWD }, () => slack.type('/webhook list')));
    const answers = () => slack.ephemeral().filter((answer) => /1 endpoint/.test(wordsOf(answer)));
    await eventually(() => answers().length >= CROWD, 'everybody is answered');
    assert.equal(answers().length, CROWD);
  });

  it('is answered on Discord, each person once', async (t) => {
    const { discord } = await aDiscordWorld(t, { clock: systemClock });
    const exchanges = await Promise.all(Array.from({ length: CROWD }, () => discord.type('webhook list')));
    const answers = await Promise.all(exchanges.map(discord.answer));
    assert.equal(new Set(answers.map(({ id }) => id)).size, CROWD);
    assert.ok(answers.every((answer) => /1 endpoint/.test(wordsOf(answer))));
  });
});

describe('a restart in the middle of posting', () => {
  it('posts every event to Slack once and in order', async (t) => {
    const folder = await aFolder(t);
    const { slack, world, endpoint } = await aSlackWorld(t, { folder });
    slack.fail('chat.postMessage', { delay: 20 }, 2);
    slack.fail('chat.postMessage', { reset: true, afterwards: true });
    slack.fail('chat.postMessage', { reset: true }, 10);
    await deliver(world, endpoint, 8);
    await eventually(() => slack.messages('ops').length === 3, 'three are out, the last without an answer');
    await world.app.stop();
    await using again = await aWorld({ folder, clock: hastily, environment: slackEnvironment(slack) });
    await eventually(() => slack.messages('ops').length >= 8, 'all are told');
    await again.settled();
    assert.deepEqual(told(slack.messages('ops')), numbers(8));
  });

  it('posts every event to Discord once and in order', async (t) => {
    const folder = await aFolder(t);
    const { discord, world, endpoint } = await aDiscordWorld(t, { folder });
    discord.fail({ method: 'POST', path: /messages$/, delay: 20, times: 2 });
    discord.fail({ method: 'POST', path: /messages$/, reset: 'after' });
    discord.fail({ reset: 'before', times: 1_000 });
    await deliver(world, endpoint, 5);
    await eventually(() => discord.messages('ops').length === 3, 'three are out, the last without an answer');
    await world.app.stop();
    discord.rest.heal();
    await using again = await aWorld({ folder, clock: hastily, environment: discordEnvironment(discord) });
    await eventually(() => discord.messages('ops').length >= 5, 'all are told');
    await again.settled();
    assert.deepEqual(told(discord.messages('ops')), numbers(5));
  });
});

type Slack = Awaited<ReturnType<typeof startSlack>>;
type Discord = Awaited<ReturnType<typeof startDiscord>>;
interface Options {
  readonly clock?: Clock;
  readonly folder?: string;
}

async function aSlackWorld(t: TestContext, { clock = hastily, folder }: Options = {}) {
  const slack = await startSlack();
  const world = await aWorld({ clock, environment: slackEnvironment(slack), ...(folder && { folder }) });
  t.after(async () => {
    await world[Symbol.asyncDispose]();
    await slack.stop();
  });
  await connected(world, 'slack');
  return { slack, world, endpoint: await world.endpoint('github', 'in slack:#ops as api') };
}

async function aDiscordWorld(t: TestContext, { clock = hastily, folder }: Options = {}) {
  const discord = await startDiscord({ limits: { messages: { limit: 100, milliseconds: 1_000 } } });
  const world = await aWorld({ clock, environment: discordEnvironment(discord), ...(folder && { folder }) });
  t.after(async () => {
    await world[Symbol.asyncDispose]();
    await discord.stop();
  });
  await connected(world, 'discord');
  return { discord, world, endpoint: await world.endpoint('github', 'in discord:#ops as api') };
}

async function aFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function deliver(world: World, endpoint: Endpoint, count: number, from = 0): Promise<void> {
  for (let number = from + 1; number <= from + count; number++)
    assert.equal((await world.deliver(endpoint, aPush({ message: `Change ${number}.` }))).status, 202);
}

/** The numbers of the changes that messages tell of. */
function told(messages: readonly unknown[]): readonly string[] {
  return messages.map((message) => /Change (\d+)\./.exec(wordsOf(message))?.[1] ?? 'something else');
}

function numbers(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1));
}

async function assertToldElsewhere(world: World, title: RegExp): Promise<void> {
  const notices = (await world.messages('general')).filter(({ message }) => title.test(message.title?.text ?? ''));
  assert.equal(notices.length, 1);
  assert.match((await world.type('/webhook failed')).text, /invite|unarchive|channel|allow|permission/i);
}
