import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Reply } from '../../src/core/command/command.ts';
import { aCaller, aCommandWorld, boss, click, dataOf, failureOf } from '../doubles/command-world.ts';

const onSlack = { platform: 'slack', channel: 'C-ops', channelName: 'ops' };
const inBoard = { channel: 'C-board', channelName: 'board' };
/** Owns nothing, and is in no private channel. */
const sam = aCaller({ ...onSlack, user: 'sam', userName: 'Sam' });
/** Is in `#board`. */
const iris = aCaller({ ...onSlack, user: 'iris', userName: 'Iris' });
/** Made the endpoint, and has left `#board` since. */
const owen = aCaller({ ...onSlack, user: 'owen', userName: 'Owen' });

/** An endpoint `vault` that posts in `#board` alone, and one `api` that posts in `#ops` and `#board`, each with an event and a mute. */
async function aBoardWorld() {
  const world = await aCommandWorld();
  world.slack.members.set('board', ['iris', 'owen']);
  const vault = await made('vault', 'in #board');
  const api = await made('api', 'in #ops');
  await world.say('route api add #board', owen);
  const endpoints = world.settings.current.endpoints;
  const events = [];
  for (const [endpoint, title] of [
    [vault, 'The vault is open'],
    [endpoints[1] ?? api, 'The door is open'],
  ] as const)
    events.push(
      await world.anEvent(
        endpoint,
        { title, source: `acme/${endpoint.name}` },
        { type: endpoint.name, deliveryId: `delivery-of-${endpoint.name}` },
      ),
    );
  for (const { posts } of events)
    for (const { id } of posts) await world.journal.posts.settle(id, { state: 'failed', attempts: 1, error: 'gone' });
  await world.say('mute vault type=push because vault-night', owen);
  await world.say('mute api type=push because door-night', owen);
  world.slack.members.set('board', ['iris']);
  const [vaultMute] = world.settings.current.mutes;
  return { ...world, vault, vaultMute: vaultMute?.id ?? '' };

  async function made(name: string, where: string) {
    await world.say(`new github ${where} as ${name}`, owen);
    return world.settings.current.endpoints.at(-1) ?? assert.fail('no endpoint was made');
  }
}

/** Everything a reply says, to people and to programs. */
const allOf = (reply: Reply) => JSON.stringify([reply.message, reply.data, reply.form]);
const LEAKS = /vault|board/i;

describe('what goes only to a private channel', () => {
  const lists = [
    'list',
    'mutes',
    'history',
    'failed',
    'history door',
    'history type=api',
    'why door',
    'why-not door',
    'failed retry',
  ];
  for (const line of lists)
    it(`is left out for those who are not in it: ${line}`, async () => {
      const { say } = await aBoardWorld();
      const reply = await say(line, sam);
      assert.doesNotMatch(allOf(reply), LEAKS);
    });

  it('is found by no search of theirs', async () => {
    const { say } = await aBoardWorld();
    for (const line of ['history open', 'why is open', 'history state=failed'])
      assert.doesNotMatch(allOf(await say(line, sam)), LEAKS, line);
    assert.deepEqual(dataOf<{ events: [] }>(await say('history vault', sam)).events, []);
  });

  const named = ['why-not', 'show', 'mute', 'unmute', 'mutes', 'failed', 'rename', 'rotate', 'delete', 'route', 'test'];
  for (const command of named)
    it(`does not exist for them when they name it: ${command}`, async () => {
      const { say, vault } = await aBoardWorld();
      const rest = command === 'mute' ? ' type=push' : command === 'rename' ? ' to other' : '';
      const answers = await Promise.all(
        ['vault', vault.id, 'nought'].map(async (name) =>
          (await say(`${command} ${name}${rest}`, sam)).message.body.replaceAll(name, 'NAME'),
        ),
      );
      assert.deepEqual(answers.slice(0, 1), answers.slice(2));
      assert.match(answers[1] ?? '', /^There is no endpoint of that name/);
    });

  for (const command of ['event', 'payload', 'replay', 'why', 'diff'])
    it(`has no events for them: ${command}`, async () => {
      const { say } = await aBoardWorld();
      const [hidden, none] = await Promise.all(['1', '9'].map((id) => say(`${command} ${id}`, sam)));
      assert.equal(hidden?.message.body.replaceAll('`1`', ''), none?.message.body.replaceAll('`9`', ''));
      assert.doesNotMatch(allOf(hidden ?? assert.fail()), LEAKS);
    });

  it('has no mute for them to replay', async () => {
    const { say, vaultMute, vault, anEvent, journal } = await aBoardWorld();
    await anEvent(vault, {}, { state: 'held', muteId: vaultMute });
    assert.equal(failureOf(await say(`replay mute=${vaultMute}`, sam)).code, 'nothing_held');
    assert.equal((await journal.posts.count()).held, 1);
  });

  it('is not offered to them while they type', async () => {
    const { run } = await aBoardWorld();
    for (const [name, { options }] of run.commands)
      for (const option of Object.keys(options)) {
        const offers = await run.complete({ command: name, option, typed: '', caller: sam });
        assert.doesNotMatch(JSON.stringify(offers), LEAKS, `${name} ${option}`);
      }
  });

  it('is all there for those who are in it, for its owners and for admins', async () => {
    const { say } = await aBoardWorld();
    for (const caller of [iris, owen, boss]) {
      assert.match((await say('list', caller)).message.body, /vault/, caller.userName);
      assert.match((await say('history vault', caller)).message.body, /The vault is open/, caller.userName);
      assert.match((await say('payload 1', caller)).message.body, /refs/, caller.userName);
    }
  });

  it('is hidden on every other platform', async () => {
    const { say } = await aBoardWorld();
    const reply = await say('list', aCaller({ user: 'owen' }));
    assert.match(reply.message.body, /There is no endpoint yet that you can see/);
  });

  it('is hidden again a minute after somebody has left', async () => {
    const { say, slack, clock } = await aBoardWorld();
    assert.match((await say('list', iris)).message.body, /vault/);
    slack.members.set('board', []);
    clock.advance(60_000);
    assert.doesNotMatch((await say('list', iris)).message.body, /vault/);
  });

  it('is shown in it without asking Slack, and asked about once in a while elsewhere', async () => {
    const { say, slack } = await aBoardWorld();
    slack.asked.length = 0;
    await say('why', { ...iris, ...inBoard });
    assert.ok(!slack.asked.includes('C-board'));
    for (const line of ['list', 'history', 'mutes']) await say(line, iris);
    assert.equal(slack.asked.filter((channel) => channel === 'C-board').length, 1);
  });
});

describe('an endpoint that posts in an open and in a private channel', () => {
  it('is shown without the private one to those who are not in it', async () => {
    const { say } = await aBoardWorld();
    for (const line of ['show api', 'list api', 'why 2', 'event 2', 'failed api', 'replay 2']) {
      const reply = await say(line, sam);
      assert.equal(failureOf(reply).code, undefined, line);
      assert.doesNotMatch(allOf(reply), /board/, line);
    }
    assert.match(allOf(await say('why 2', iris)), /#board/);
  });

  it('is tried without the private one for those who are not in it', async () => {
    const world = await aBoardWorld();
    await world.say('unmute api type=push', owen);
    await world.say('route api add slack:#ops not=type:push', owen);
    await world.say('route api add slack:#board severity>=info', owen);
    const [, api] = world.settings.current.endpoints;
    const payload = { sender: { login: 'octocat' } };
    const { event } = await world.anEvent(api ?? assert.fail(), {}, { type: 'star', payload });
    await world.anEvent(api ?? assert.fail(), {}, { type: 'push', payload });
    const lines = ['mute api try', `fewer ${event.id}`, `fewer ${event.id} by=actor try`];
    for (const line of [...lines, `fewer ${event.id} by=actor try version=of-before`]) {
      const reply = await world.say(line, sam);
      assert.doesNotMatch(allOf(reply), LEAKS, line);
      assert.match(reply.message.title?.text ?? '', /^(Tried|Fewer)/, line);
    }
    assert.match(allOf(await world.say('mute api try', owen)), /board/);
  });

  it('is replayed everywhere, whatever the one who asks may know', async () => {
    const { say, journal } = await aBoardWorld();
    await say('replay 2', sam);
    const replays = (await journal.posts.list({ eventId: '2', limit: 10 })).filter(({ replay }) => replay);
    assert.deepEqual(replays.map(({ channelName }) => channelName).toSorted(), ['board', 'ops']);
  });
});

describe('an answer for the channel', () => {
  it('is the caller’s alone where the channel’s readers may not know what it is about', async () => {
    const { say } = await aBoardWorld();
    for (const caller of [iris, owen, { ...boss, ...onSlack }])
      assert.equal((await say('mute vault type=star', caller)).visibleTo, 'caller', caller.userName);
    assert.equal((await say('unmute vault type=star', iris)).visibleTo, 'caller');
  });

  it('is for all in the very channel, and wherever everybody sees one of its channels', async () => {
    const { say } = await aBoardWorld();
    assert.equal((await say('mute vault type=star', { ...iris, ...inBoard })).visibleTo, 'channel');
    assert.equal((await say('mute api type=star', { ...sam, channel: 'C-alerts' })).visibleTo, 'channel');
  });

  it('is the caller’s alone while Slack cannot say who sees what', async () => {
    const { say, slack } = await aBoardWorld();
    slack.away = true;
    assert.equal((await say('mute vault type=star', owen)).visibleTo, 'caller');
  });
});

describe('while a platform cannot say who sees what', () => {
  it('what is named is refused with the reason, whether it exists or not', async () => {
    const { say, slack, errors } = await aBoardWorld();
    slack.away = true;
    const [hidden, none] = await Promise.all(['show vault', 'show nought'].map((line) => say(line, sam)));
    assert.deepEqual(hidden?.message.body, none?.message.body);
    assert.match(
      hidden?.message.body ?? '',
      /^Bellhop could not find out from Slack who can see which channel\..*Try again/,
    );
    assert.doesNotMatch(allOf(hidden ?? assert.fail()), LEAKS);
    assert.ok(errors.length > 0);
  });

  it('lists say that something may be left out, and show what is certain', async () => {
    const { say, slack } = await aBoardWorld();
    slack.away = true;
    const { body } = (await say('list', sam)).message;
    assert.match(body, /\*\*api\*\*[\s\S]*Some of it may be left out: Bellhop could not find out from Slack/);
    assert.doesNotMatch(body, LEAKS);
  });

  it('what leads to a channel that is gone is hidden, and nothing else', async () => {
    const { say, slack } = await aBoardWorld();
    slack.gone.push('board');
    assert.doesNotMatch(allOf(await say('list', iris)), LEAKS);
    assert.match((await say('show vault', iris)).message.body, /^There is no endpoint/);
  });

  it('owners and admins go on as ever', async () => {
    const { say, slack } = await aBoardWorld();
    slack.away = true;
    for (const caller of [owen, boss]) assert.equal(failureOf(await say('show vault', caller)).code, undefined);
  });
});

describe('a channel that somebody does not see', () => {
  it('cannot be posted to by them, and gets the answer of one that is not there', async () => {
    const { say, settings } = await aBoardWorld();
    const answers = await Promise.all(
      ['#board', '#nought'].map(async (channel) =>
        (await say(`new github in ${channel}`, sam)).message.body.replace(channel, 'CHANNEL'),
      ),
    );
    assert.equal(answers[0], answers[1]);
    assert.equal(settings.current.endpoints.length, 2);
    assert.match((await say('new github in #board', iris)).message.body, /is ready/);
  });
});

it('an event whose endpoint was deleted is explained to those who see where it was posted, and listed for admins alone', async () => {
  const world = await aBoardWorld();
  for (const name of ['vault', 'api'])
    await click(world, await world.say(`delete ${name}`, owen), `Delete ${name}`, owen);
  assert.equal(failureOf(await world.say('event 1', sam)).code, 'not_found');
  assert.match((await world.say('event 2', sam)).message.body, /The door is open/);
  assert.doesNotMatch(allOf(await world.say('why 2', sam)), /#board/);
  assert.match((await world.say('history', sam)).message.body, /No event has arrived/);
  assert.match((await world.say('history', boss)).message.body, /The vault is open/);
});
