import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandRunner } from '../../src/core/command/command.ts';
import { createBreaker } from '../../src/platforms/discord/connection/breaker.ts';
import { createLoginBudget } from '../../src/platforms/discord/connection/login-budget.ts';
import type { DiscordPlatform } from '../../src/platforms/discord/create-discord-platform.ts';
import type { Discord } from '../doubles/discord/double.ts';
import { aDiscordWorld, anEventMessage, aRunner, until } from '../doubles/discord/world.ts';

/** Closes after which Discord takes nobody back, and what the owner is told. */
const FOR_GOOD = {
  4010: /Update Bellhop/,
  4011: /more servers than one connection may carry.*`DISCORD_PUBLIC_KEY`/,
  4012: /no longer speaks this version.*Update Bellhop/,
  4013: /does not know an intent.*Update Bellhop/,
  4014: /does not allow an intent.*developer portal under Bot, Privileged Gateway Intents/,
};
const [IDENTIFIED, RESUMED] = [2, 6];
/** How long to look for what should not come, in milliseconds: whatever was still under way would come within it. A slow machine overlooks it at worst. */
const A_MOMENT = 400;

describe('Discord connection', { concurrency: true, timeout: 120_000 }, () => {
  it('says what to do when the token is refused', async (t) => {
    const { platform } = await aDiscordWorld(t, { unstarted: true, platform: { token: 'wrong' } });
    await assert.rejects(platform.start(aRunner()), { code: 'discord_token', message: /`DISCORD_TOKEN`/ });
    assert.equal(platform.health().ready, false);
  });

  it('does not wait for ever for a gateway that lets nobody in', async (t) => {
    const { discord, platform } = await aDiscordWorld(t, { unstarted: true, platform: { loginDeadline: 50 } });
    discord.gateway.refuse(true);
    await assert.rejects(platform.start(aRunner()), { code: 'discord_silent', retryAfter: 5_000 });
  });

  it('can be started again after that, and answers once', async (t) => {
    const run = aRunner();
    const { discord, platform } = await aDiscordWorld(t, { unstarted: true, platform: { loginDeadline: 500 } });
    discord.gateway.refuse(true);
    await assert.rejects(platform.start(run), { code: 'discord_silent' });
    discord.gateway.refuse(false);
    await startAgain(platform, run);
    await discord.answer(await discord.type('/webhook secret'));
    assert.deepEqual([run.ran.length, discord.gateway.connections()], [1, 1]);
  });

  for (const point of ['upgrade', 'hello', 'ready'] as const)
    it(`leaves no connection when it gives up on one without ${point}`, async (t) => {
      const { discord, platform } = await aDiscordWorld(t, { unstarted: true, platform: { loginDeadline: 300 } });
      discord.gateway.stall(point);
      await assert.rejects(platform.start(aRunner()), { code: 'discord_silent' });
      await until(() => discord.gateway.sockets() === 0);
      discord.gateway.stall(undefined);
      await sleep(A_MOMENT);
      assert.deepEqual([discord.gateway.sockets(), discord.gateway.connections()], [0, 0]);
      await startAgain(platform, aRunner());
      assert.equal(discord.gateway.connections(), 1);
    });

  it('opens no connection when it has given up before it knew where the gateway is', async (t) => {
    const { discord, platform } = await aDiscordWorld(t, { unstarted: true, platform: { loginDeadline: 100 } });
    const { hold, answer } = aHold();
    discord.fail({ method: 'GET', path: /gateway\/bot/, hold });
    await assert.rejects(platform.start(aRunner()), { code: 'discord_silent' });
    answer();
    await sleep(A_MOMENT);
    assert.deepEqual([discord.gateway.sockets(), discord.gateway.openings()], [0, []]);
  });

  for (const point of ['upgrade', 'hello', 'ready'] as const)
    it(`stops at once while it waits for ${point}, and connects no more`, async (t) => {
      const { discord, platform } = await aDiscordWorld(t, { unstarted: true });
      discord.gateway.stall(point);
      const starting = platform.start(aRunner());
      await until(() => discord.gateway.sockets() === 1);
      await Promise.all([platform.stop(), assert.rejects(starting, { code: 'discord_stopped' })]);
      discord.gateway.stall(undefined);
      await sleep(A_MOMENT);
      assert.equal(discord.gateway.sockets(), 0);
      assert.equal(platform.health().ready, false);
    });

  it('does not connect when it is stopped before it has come to that', async (t) => {
    const { discord, platform } = await aDiscordWorld(t, { unstarted: true });
    const { asked, hold, answer } = aHold();
    discord.fail({ method: 'PUT', path: /commands$/, hold });
    const starting = platform.start(aRunner());
    await asked;
    const stopped = platform.stop();
    answer();
    await Promise.all([stopped, assert.rejects(starting, { code: 'discord_stopped' })]);
    assert.deepEqual(discord.gateway.openings(), []);
  });

  it('stops though the gateway does not say goodbye', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    discord.gateway.freeze();
    const before = performance.now();
    await platform.stop();
    // The library alone would wait for half a minute.
    assert.ok(performance.now() - before < 25_000);
    discord.gateway.drop();
  });

  it('survives an interaction of a shape that nobody expects', async (t) => {
    const { discord } = await aDiscordWorld(t);
    for (const d of [
      null,
      7,
      {},
      { id: '1', token: 't', type: 3, data: { component_type: 2 } },
      { id: '2', type: 2, data: 7 },
    ])
      discord.gateway.dispatch('INTERACTION_CREATE', d);
    await discord.answer(await discord.type('/webhook secret'));
  });

  it('stops quietly while it is trying to come back', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    discord.gateway.refuse(true);
    discord.gateway.drop();
    await until(() => !platform.health().ready);
    await platform.stop();
    assert.equal(platform.health().ready, false);
  });

  it('refuses the public key of another application', async (t) => {
    const { platform } = await aDiscordWorld(t, { unstarted: true, platform: { publicKey: 'ab'.repeat(32) } });
    await assert.rejects(platform.start(aRunner()), { code: 'discord_public_key' });
  });

  it('waits for the next day when there is no login left', async (t) => {
    const { discord, platform } = await aDiscordWorld(t, { unstarted: true });
    discord.state.sessionsLeft = 0;
    await assert.rejects(platform.start(aRunner()), { code: 'discord_logins', retryAfter: 300_000 });
    assert.deepEqual(discord.gateway.openings(), []);
  });
});

describe('Discord’s gateway, closed with each code', { concurrency: true, timeout: 120_000 }, () => {
  for (const code of [1001, 1006, 4000, 4001, 4002, 4006, 4009])
    it(`resumes after ${code}, with an interaction in between answered once`, async (t) => {
      const run = aRunner();
      const { discord, platform } = await aDiscordWorld(t, { run });
      discord.close(code);
      await until(() => discord.gateway.connections() === 0);
      const answer = await discord.answer(await discord.type('/webhook secret'));
      await until(() => platform.health().ready);
      assert.deepEqual([answer.embeds[0]?.description, run.ran.length], ['ran secret', 1]);
      assert.deepEqual(discord.gateway.openings(), [IDENTIFIED, RESUMED]);
    });

  for (const code of [1000, 4003, 4005, 4007, 4008])
    it(`identifies again after ${code}`, async (t) => {
      const { discord, platform } = await aDiscordWorld(t);
      discord.close(code);
      await until(() => !platform.health().ready);
      await until(() => platform.health().ready);
      const answer = await discord.answer(await discord.type('/webhook secret'));
      assert.equal(answer.embeds[0]?.description, 'ran secret');
      assert.deepEqual(discord.gateway.openings(), [IDENTIFIED, IDENTIFIED]);
    });

  it('logs in again by itself after 4004, when the token works', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    discord.close(4004);
    await until(() => !platform.health().ready);
    assert.match(platform.health().detail, /4004.*tries again by itself.*`DISCORD_TOKEN`/);
    discord.clock.advance(5_000);
    await until(() => platform.health().ready);
    await discord.answer(await discord.type('/webhook secret'));
    assert.deepEqual(discord.gateway.openings(), [IDENTIFIED, IDENTIFIED]);
  });

  it('asks now and then after 4004 until the token works again, which costs no login', async (t) => {
    const { discord, platform, post } = await aDiscordWorld(t);
    discord.revoke();
    discord.close(4004);
    await until(() => !platform.health().ready);
    await forHours(2, discord);
    const refused = discord.calls().filter(({ status }) => status === 401).length;
    assert.ok(refused > 1 && refused < 40, String(refused));
    assert.deepEqual(discord.gateway.openings(), [IDENTIFIED]);
    discord.restore();
    await inTime(discord, () => platform.health().ready);
    await discord.answer(await discord.type('/webhook secret'));
    await post();
  });

  it('uses another token once it is set, without a restart', async (t) => {
    const { discord, platform, lines, post } = await aDiscordWorld(t, {
      platform: { readToken: () => discord.state.token },
    });
    discord.revoke();
    discord.close(4004);
    await until(() => !platform.health().ready);
    await inTime(discord, () => platform.health().ready);
    await discord.answer(await discord.type('/webhook secret'));
    await post();
    assert.ok(lines.some(({ message }) => message === 'another token was set; using it from now on'));
  });

  it('logs in ever more seldom when 4004 is the answer to every login', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    discord.gateway.turnAway(4004);
    discord.close(4004);
    await until(() => !platform.health().ready);
    await forHours(2, discord);
    const tries = discord.gateway.openings().length;
    assert.ok(tries > 2 && tries < 40, String(tries));
    discord.gateway.turnAway(undefined);
    await inTime(discord, () => platform.health().ready);
  });

  it('is left alone after 4004 once Bellhop stops', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    discord.close(4004);
    await until(() => !platform.health().ready);
    await platform.stop();
    const before = discord.calls().length;
    await forHours(1, discord);
    assert.deepEqual([discord.calls().length, discord.gateway.openings()], [before, [IDENTIFIED]]);
  });

  it('is left alone when Bellhop stops in the middle of asking', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    discord.close(4004);
    await until(() => !platform.health().ready);
    const { asked, hold, answer } = aHold();
    discord.fail({ method: 'GET', path: /applications\/@me/, hold });
    discord.clock.advance(5_000);
    await asked;
    const stopped = platform.stop();
    answer();
    await stopped;
    await sleep(A_MOMENT);
    assert.deepEqual([discord.gateway.connections(), discord.gateway.openings()], [0, [IDENTIFIED]]);
  });

  it('lets a login wait when there were many, though the library would not', async (t) => {
    const { discord, platform, lines } = await aDiscordWorld(t, { platform: { logins: 1 } });
    discord.close(4008);
    await until(() => lines.some(({ message }) => /logged in to Discord too often/.test(message)));
    assert.deepEqual(discord.gateway.openings(), [IDENTIFIED]);
    discord.clock.advance(2 * 60_000);
    await until(() => platform.health().ready);
    assert.deepEqual(discord.gateway.openings(), [IDENTIFIED, IDENTIFIED]);
  });

  it('logs in less than a thousand times a day, whatever happens', () => {
    let now = 0;
    const budget = createLoginBudget({ elapsed: () => now });
    let logins = 0;
    for (const day = 86_400_000; now < day; now += Math.max(1_000, budget.pause)) {
      budget.spend();
      logins++;
    }
    assert.ok(logins > 500 && logins < 800, String(logins));
  });

  for (const [code, todo] of Object.entries(FOR_GOOD)) {
    it(`stops for good after ${code}, and says what to do`, async (t) => {
      const { discord, platform, post } = await aDiscordWorld(t);
      discord.close(Number(code));
      await until(() => !platform.health().ready);
      await forHours(1, discord);
      assert.match(platform.health().detail, new RegExp(`for good with code ${code}.*${todo.source}`));
      assert.deepEqual(discord.gateway.openings(), [IDENTIFIED]);
      await post();
    });

    it(`does not try again when ${code} is the answer to the first login`, async (t) => {
      const { discord, platform } = await aDiscordWorld(t, { unstarted: true });
      discord.gateway.turnAway(Number(code));
      await assert.rejects(platform.start(aRunner()), {
        code: 'discord_gateway_ended',
        message: todo,
        retryAfter: undefined,
      });
      assert.match(platform.health().detail, todo);
    });
  }

  it('says that the token is refused when 4004 is the answer to the first login', async (t) => {
    const { discord, platform } = await aDiscordWorld(t, { unstarted: true });
    discord.gateway.turnAway(4004);
    await assert.rejects(platform.start(aRunner()), { code: 'discord_token', retryAfter: 60_000 });
  });
});

describe('401 in mid-life', { timeout: 120_000 }, () => {
  it('stops every request, until Discord accepts the token again', async (t) => {
    const { discord, platform, post } = await aDiscordWorld(t);
    discord.revoke();
    for (const _ of [1, 2]) await assert.rejects(post(), { code: 'discord_token' });
    assert.equal(discord.calls().filter(({ status }) => status === 401).length, 1);
    assert.match(platform.health().detail, /`DISCORD_TOKEN`/);
    discord.restore();
    discord.clock.advance(60_001);
    await post();
    assert.equal(platform.health().ready, true);
  });

  it('is over with another token that was set while Bellhop had to stay silent', async (t) => {
    const { discord, post } = await aDiscordWorld(t, {
      platform: { refusals: 1, readToken: () => discord.state.token },
    });
    discord.revoke();
    await assert.rejects(post(), { code: 'discord_token' });
    await assert.rejects(post(), { code: 'discord_paused' });
    discord.clock.advance(10 * 60_000);
    await post();
  });

  for (const overHttp of [false, true])
    it(`is over though nobody asks for anything, ${overHttp ? 'over HTTP' : 'at the gateway'}`, async (t) => {
      const { discord, platform, post } = await aDiscordWorld(t, { overHttp });
      discord.revoke();
      await assert.rejects(post(), { code: 'discord_token' });
      discord.restore();
      await inTime(discord, () => platform.health().ready);
      assert.equal(discord.calls().filter(({ status }) => status === 401).length, 1);
    });
});

describe('the guard against 10,000 invalid requests', { timeout: 120_000 }, () => {
  it('falls silent long before Discord bans it, and speaks again later', async (t) => {
    const { discord, platform, post } = await aDiscordWorld(t, { platform: { refusals: 30 } });
    const body = { message: 'x', code: 200000 };
    discord.fail({ method: 'POST', path: /messages$/, times: 1_000, status: 403, body });
    for (let count = 0; count < 30; count++) await assert.rejects(post(), { code: 'discord_blocked' });
    for (let count = 0; count < 30; count++) await assert.rejects(post(), { code: 'discord_paused', status: 429 });
    assert.equal(discord.limiter.invalid(), 30);
    assert.match(platform.health().detail, /silent for a while/);
    discord.rest.heal();
    discord.clock.advance(10 * 60_000);
    await post();
  });

  it('closes at the thousandth within ten minutes', () => {
    const time = { now: 0 };
    const breaker = createBreaker({ now: () => new Date(time.now), elapsed: () => time.now, sleep: async () => {} });
    for (let count = 0; count < 999; count++) breaker.count();
    assert.equal(breaker.pause, undefined);
    time.now = 1_000;
    breaker.count();
    assert.equal(breaker.pause, 599_000);
  });

  it('counts 401, 403 and 429, but not what many bots share', async (t) => {
    const { discord, post } = await aDiscordWorld(t, { platform: { refusals: 2 } });
    discord.limit('shared', 0.01, { times: 3, path: /messages$/ });
    for (const _ of [1, 2, 3]) {
      await assert.rejects(post(), { code: 'discord_limited' });
      await sleep(30);
    }
    discord.limit('user', 0.01, { path: /messages$/ });
    await assert.rejects(post(), { code: 'discord_limited' });
    discord.deny('deploys', ['viewChannel']);
    await assert.rejects(post(anEventMessage(), 'deploys'), { code: 'discord_access' });
    await assert.rejects(post(), { code: 'discord_paused' });
  });
});

/** Starts as Bellhop does: once more where the gateway was silent, for a busy machine may not log in within a deadline that is short. */
async function startAgain(platform: DiscordPlatform, run: CommandRunner): Promise<void> {
  for (;;)
    try {
      return await platform.start(run);
    } catch (error) {
      if ((error as { code?: string }).code !== 'discord_silent') throw error;
    }
}

/** Holds a request: says when it has arrived, and answers it when told to. */
function aHold() {
  const arrived = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  return {
    asked: arrived.promise,
    hold() {
      arrived.resolve();
      return held.promise;
    },
    answer: held.resolve,
  };
}

/** Lets time pass, and what waits for it happen. */
async function forHours(hours: number, { clock }: Discord): Promise<void> {
  for (let minutes = 0; minutes < hours * 60; minutes++) {
    clock.advance(60_000);
    await sleep(10);
  }
}

/** Lets as much time pass as it takes. */
async function inTime(discord: Discord, condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000 && !condition(); tries++) await forHours(1 / 60, discord);
  assert.ok(condition(), 'that never came true');
}
