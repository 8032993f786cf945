import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { eventually, wordsOf } from '../chats/chat.ts';
import { connected, health, slackEnvironment } from '../chats/places.ts';
import { aClockToHurry } from '../doubles/clocks/clock-to-hurry.ts';
import { APP_TOKEN, BOT_TOKEN, startSlack } from '../doubles/slack/double.ts';
import { aPush, aWorld } from '../world.ts';

describe('a token of Slack’s that is replaced while Bellhop runs', () => {
  it('is used without a restart once it is set, and what was owed is posted once', async (t) => {
    const { slack, world, environment, hurry } = await aPlace(t);
    const endpoint = await world.endpoint('github', 'in slack:#ops as api');
    slack.replace('bot', 'xoxb-second');
    for (const message of ['One', 'Two']) await world.deliver(endpoint, aPush({ message }));
    await eventually(async () => !(await health(world, 'slack')).ready, 'Bellhop notices');
    environment.SLACK_BOT_TOKEN = 'xoxb-second';
    hurry();
    await connected(world, 'slack');
    await world.settled();
    assert.deepEqual(
      slack.messages('ops').map((message) => /One|Two/.exec(wordsOf(message))?.[0]),
      ['One', 'Two'],
    );
  });

  it('opens sockets again once the app token is set', async (t) => {
    const { slack, world, environment } = await aPlace(t);
    slack.replace('app', 'xapp-second');
    slack.kill();
    await eventually(async () => !(await health(world, 'slack')).ready, 'Bellhop notices');
    environment.SLACK_APP_TOKEN = 'xapp-second';
    await connected(world, 'slack');
    await eventually(() => slack.connections() === 2, 'both sockets are open');
    await slack.type('/webhook list');
    await eventually(() => slack.ephemeral().length === 1, 'a command is answered');
  });

  it('changes nothing while what is set cannot be used, and says so once', async (t) => {
    const lines: string[] = [];
    const { slack, world, environment } = await aPlace(t, (line) => lines.push(line));
    slack.replace('bot', 'xoxb-second');
    environment.SLACK_BOT_TOKEN = 'xapp-mistaken';
    await slack.type('/webhook list');
    const complaints = () => lines.filter((line) => line.includes('no new token could be read'));
    await eventually(() => complaints().length && slack.calls('auth.test').length > 3, 'it is looked for');
    assert.deepEqual([complaints().length, (await health(world, 'slack')).ready], [1, false]);
    environment.SLACK_BOT_TOKEN = 'xoxb-second';
    await connected(world, 'slack');
  });
});

describe('a token that Slack refuses', () => {
  for (const [kind, token, variable] of [
    [
      'bot',
      BOT_TOKEN,
      /refuses the bot token \(`token_revoked`\).*`SLACK_BOT_TOKEN`: a change in `\.env` needs no restart/,
    ],
    [
      'app',
      APP_TOKEN,
      /refuses the app token \(`token_revoked`\).*`SLACK_APP_TOKEN`: a change in `\.env` needs no restart/,
    ],
  ] as const)
    it(`is called the ${kind} token, with where a new one comes from and goes to`, async (t) => {
      const { slack, world } = await aPlace(t);
      slack.revoke(token);
      await slack.type('/webhook list');
      slack.kill();
      await eventually(async () => variable.test((await health(world, 'slack')).detail), 'it is named');
    });

  it('is not mistaken for one that lacks the right to post, which holds everything back until it is given', async (t) => {
    const { slack, world, hurry } = await aPlace(t);
    const endpoint = await world.endpoint('github', 'in slack:#ops as api');
    slack.scopes.delete('chat:write');
    await world.deliver(endpoint, aPush({ message: 'One' }));
    await eventually(async () => !(await health(world, 'slack')).ready, 'Bellhop notices');
    assert.match((await health(world, 'slack')).detail, /lacks the scope `chat:write`\. Add it/);
    slack.scopes.add('chat:write');
    hurry();
    await eventually(() => slack.messages('ops').length === 1, 'it is told');
  });

  it('is found out at the start when it may not post', async (t) => {
    const slack = await startSlack();
    slack.scopes.delete('chat:write');
    await using world = await aWorld({ clock: aClockToHurry().clock, environment: slackEnvironment(slack) });
    t.after(slack.stop);
    await eventually(async () => /`chat:write`/.test((await health(world, 'slack')).detail), 'Bellhop notices');
  });
});

async function aPlace(t: TestContext, log?: (line: string) => void) {
  const slack = await startSlack();
  const environment: Record<string, string> = { ...slackEnvironment(slack) };
  const { clock, hurry } = aClockToHurry();
  const world = await aWorld({ clock, environment, ...(log && { log }) });
  t.after(async () => {
    await world[Symbol.asyncDispose]();
    await slack.stop();
  });
  await connected(world, 'slack');
  return { slack, world, environment, hurry };
}
