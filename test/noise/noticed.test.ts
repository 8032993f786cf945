import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NoiseReport } from '../../src/core/command/desks/noise-desk.ts';
import { aDiscord, aSlack } from '../chats/places.ts';
import { aPush, type World } from '../world.ts';

/** No more than what each channel takes at once. */
const MESSAGES = 5;

describe('a message that somebody reacted to or answered is no noise', () => {
  it('on Slack, where what Bellhop itself does counts for nothing', async () => {
    const { world, slack, close } = await aSlack('sockets');
    try {
      await fill(world, 'slack:#ops');
      const [liked, answered, marked] = slack.messages('ops');
      assert.ok(liked && answered && marked);
      liked.reactions = [{ name: 'tada', count: 1, users: ['U0MEMBER'] }];
      marked.reactions = [{ name: 'eyes', count: 1, users: ['U0BELLHOP'] }];
      slack.answerInThread(answered, 'U0MEMBER');
      slack.answerInThread(marked, 'U0BELLHOP');
      assert.deepEqual(await noticed(world, 'slack:#ops'), [MESSAGES, 2]);
    } finally {
      await close();
    }
  });

  it('on Slack without the scope to read them, which the report says', async () => {
    const { world, slack, close } = await aSlack('sockets');
    try {
      await fill(world, 'slack:#ops');
      slack.scopes.delete('channels:history');
      const { data, text } = await world.type('/webhook noise slack:#ops');
      const report = data.report as NoiseReport;
      assert.equal(report.noticed, 0);
      assert.match(report.gap ?? '', /channels:history/);
      assert.match(text, /Emoji and replies are not counted/);
    } finally {
      await close();
    }
  });

  it('on Discord', async () => {
    const { world, discord, close } = await aDiscord('gateway', {
      limits: { messages: { limit: 1_000, milliseconds: 1_000 }, globalPerSecond: 10_000 },
    });
    try {
      await fill(world, 'discord:#ops');
      const [liked, answered, marked, discussed, followed] = discord.messages('ops');
      assert.ok(liked && answered && marked && discussed && followed);
      discord.react(liked.id, { count: 1, me: false });
      discord.react(marked.id, { count: 1, me: true });
      discord.replyTo(answered);
      discord.answerInThread(discussed);
      discord.answerInThread(followed, 'bot');
      assert.deepEqual(await noticed(world, 'discord:#ops'), [MESSAGES, 3]);
    } finally {
      await close();
    }
  });
});

async function fill(world: World, channel: string): Promise<void> {
  const endpoint = await world.endpoint('github', `in ${channel} as api`);
  for (let index = 0; index < MESSAGES; index++) await world.deliver(endpoint, aPush({ message: `Fix ${index}` }));
  await world.settled();
}

async function noticed(world: World, channel: string): Promise<readonly number[]> {
  const { data, text } = await world.type(`/webhook noise ${channel}`);
  const report = data.report as NoiseReport | undefined;
  assert.ok(report, text);
  return [report.messages, report.noticed];
}
