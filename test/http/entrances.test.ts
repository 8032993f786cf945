import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connected, discordEnvironment, slackEnvironment } from '../chats/places.ts';
import { startDiscord } from '../doubles/discord/double.ts';
import { startSlack } from '../doubles/slack/double.ts';
import { aWorld, type World } from '../world.ts';

const PATHS = ['/slack/events', '/discord/interactions'];

describe('where chats reach Bellhop over HTTP', () => {
  const complaints: string[] = [];
  let world: World;
  let close: () => Promise<unknown>;
  before(async () => {
    const [slack, discord] = [await startSlack(), await startDiscord()];
    const environment = { ...slackEnvironment(slack, 'http'), ...discordEnvironment(discord, 'http') };
    world = await aWorld({ environment, log: (line) => /"level":50/.test(line) && complaints.push(line) });
    close = () => Promise.all([world[Symbol.asyncDispose](), slack.stop(), discord.stop()]);
    await Promise.all([connected(world, 'slack'), connected(world, 'discord')]);
  });
  after(() => close?.());

  for (const path of PATHS) {
    const send = (body: string, headers: Readonly<Record<string, string>> = {}) =>
      fetch(`${world.publicUrl}${path}`, { method: 'POST', body, headers });

    it(`${path} refuses what its chat did not sign`, async () => {
      assert.equal((await send('{"type":1}')).status, 401);
      const forged = {
        'x-signature-ed25519': '0'.repeat(128),
        'x-signature-timestamp': '1',
        'x-slack-signature': `v0=${'0'.repeat(64)}`,
        'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
      };
      assert.equal((await send('{"type":1}', forged)).status, 401);
    });

    it(`${path} takes no endless body`, async () => {
      const { status } = await send('x'.repeat(2 * 1024 * 1024));
      assert.ok(status >= 400 && status < 500, `it answered ${status}`);
    });

    it(`${path} is there for nothing but POST`, async () => {
      assert.equal((await fetch(`${world.publicUrl}${path}`)).status, 404);
    });

    it(`${path} is not there without tokens`, async () => {
      await using bare = await aWorld();
      assert.equal((await fetch(`${bare.publicUrl}${path}`, { method: 'POST', body: '{}' })).status, 404);
    });
  }

  it('none of this is a failure of ours', () => {
    assert.deepEqual(complaints, []);
  });
});

it('a chat with half of its tokens is left out, and the log says which is missing', async () => {
  const lines: string[] = [];
  const environment = { SLACK_SIGNING_SECRET: 'half-of-what-is-needed', DISCORD_PUBLIC_KEY: '0'.repeat(64) };
  await using _world = await aWorld({ environment, log: (line) => lines.push(line) });
  assert.deepEqual(
    lines.flatMap((line) => /(?:Slack|Discord) is left out: set `\w+` too/.exec(line)?.[0] ?? []),
    ['Slack is left out: set `SLACK_BOT_TOKEN` too', 'Discord is left out: set `DISCORD_TOKEN` too'],
  );
});
