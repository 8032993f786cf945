import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, wordsOf } from '../chats/chat.ts';
import { connected, health, slackEnvironment } from '../chats/places.ts';
import { type Slack, startSlack } from '../doubles/slack/double.ts';
import { aPush, aWorld, type Endpoint } from '../world.ts';

const skip = !process.env.ENDURANCE && 'it takes minutes: ENDURANCE=1 node --test test/slack-endurance.test.ts';

const COUNT = 1_000;
const MINUTES = 2;
const CHANNELS = 20;
const RENEW_EVERY = 10_000;
const AWAY_FOR = 60_000;
/** Far more than anything here takes, so that a slow machine changes nothing. */
const PATIENCE = 120_000;

// What happens here takes its time whatever the machine does, so both go on at once.
describe('Bellhop in a Slack that gives no peace', { skip, concurrency: true }, () => {
  it(`loses none of ${COUNT} commands and ${COUNT} posts, and does none twice, while Slack renews a connection every 10 s for ${MINUTES} minutes`, async () => {
    await using place = await aPlace(CHANNELS);
    const { slack, world, endpoints } = place;
    // One message a second in each channel, as Slack has it.
    slack.limit({ perSecond: 1, burst: 3 });
    const started = performance.now();
    let renewals = 0;
    const renewing = setInterval(() => {
      slack.disconnect();
      renewals++;
      // And now and then an answer is lost, so that it is unknown whether a message is out.
      slack.fail('chat.postMessage', { reset: true, afterwards: true });
    }, RENEW_EVERY);

    const typed: ReturnType<Slack['type']>[] = [];
    for (let number = 1; number <= COUNT; number++) {
      await sleep(Math.max(0, started + (number / COUNT) * MINUTES * 60_000 - performance.now()));
      typed.push(slack.type(`/webhook list word-${number}-`));
      const endpoint = endpoints[number % CHANNELS] ?? assert.fail();
      assert.equal((await world.deliver(endpoint, aPush({ message: `Change ${number}.` }))).status, 202);
    }
    clearInterval(renewing);

    const refused = (await Promise.all(typed)).filter(({ acknowledged }) => !acknowledged);
    const answered = () => numbersIn(slack.ephemeral(), /word-(\d+)-/);
    await eventually(() => answered().length >= COUNT, 'every command is answered', PATIENCE);
    await eventually(() => told(slack).flat().length >= COUNT, 'every post is out', PATIENCE);
    await world.settled();
    assert.deepEqual(refused, []);
    assert.deepEqual(
      answered().toSorted((a, b) => a - b),
      numbers(COUNT),
    );
    for (const [channel, there] of told(slack).entries())
      assert.deepEqual(
        there,
        numbers(COUNT).filter((number) => number % CHANNELS === channel),
      );
    assert.ok(renewals >= (MINUTES * 60_000) / RENEW_EVERY - 1, String(renewals));
    assert.equal(slack.connections(), 2);
  });

  it('posts everything once and in order, and takes commands, after Slack was away for 60 s', async () => {
    await using place = await aPlace(3);
    const { slack, world, endpoints } = place;
    const total = 30;
    const started = performance.now();
    slack.down();
    for (let number = 1; number <= total; number++) {
      const endpoint = endpoints[number % endpoints.length] ?? assert.fail();
      assert.equal((await world.deliver(endpoint, aPush({ message: `Change ${number}.` }))).status, 202);
      await sleep(Math.max(0, started + (number / total) * AWAY_FOR - performance.now()));
    }
    assert.match((await health(world, 'slack')).detail, /Slack could not be reached/);
    assert.equal(slack.calls('chat.postMessage').length, 0);
    slack.up();
    await eventually(() => slack.connections() === 2, 'both sockets are open', PATIENCE);
    await eventually(() => told(slack).flat().length >= total, 'every post is out', PATIENCE);
    await world.settled();
    for (const [channel, there] of told(slack).slice(0, endpoints.length).entries())
      assert.deepEqual(
        there,
        numbers(total).filter((number) => number % endpoints.length === channel),
      );
    await connected(world, 'slack');
    assert.equal((await slack.type('/webhook list word-1-')).acknowledged, true);
    await eventually(() => numbersIn(slack.ephemeral(), /word-(\d+)-/).length === 1, 'a command is answered', PATIENCE);
  });

  it('opens other sockets once those it has died without a word', async () => {
    await using place = await aPlace(1);
    const { slack } = place;
    slack.freeze();
    await eventually(() => slack.connections() === 2, 'two others are open', PATIENCE);
    assert.equal((await slack.type('/webhook list word-1-')).acknowledged, true);
    await eventually(() => numbersIn(slack.ephemeral(), /word-(\d+)-/).length === 1, 'a command is answered', PATIENCE);
  });
});

/** The whole of Bellhop in Slack, with endpoints that each lead to a channel of their own. */
async function aPlace(count: number) {
  const slack = await startSlack({ ackTimeout: PATIENCE });
  const world = await aWorld({ environment: slackEnvironment(slack) });
  await connected(world, 'slack');
  const endpoints: Endpoint[] = [];
  for (let number = 0; number < count; number++) {
    slack.workspace.addChannel(`team-${number}`);
    endpoints.push(await world.endpoint('github', `in slack:#team-${number} as api-${number}`));
  }
  return {
    slack,
    world,
    endpoints,
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await slack.stop();
    },
  };
}

/** The numbers of the changes that each channel was told of. */
function told(slack: Slack): readonly (readonly number[])[] {
  return Array.from({ length: CHANNELS }, (_, number) => numbersIn(slack.messages(`team-${number}`), /Change (\d+)\./));
}

function numbersIn(messages: readonly unknown[], pattern: RegExp): readonly number[] {
  return messages.flatMap((message) => pattern.exec(wordsOf(message))?.[1] ?? []).map(Number);
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
