import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aSlackAndDiscord } from './places.ts';
import { aScene, type Scene, story } from './story.ts';

describe('an endpoint posted on Slack and on Discord', () => {
  let place: Awaited<ReturnType<typeof aSlackAndDiscord>>;
  let slack: Scene;
  let discord: Scene;
  before(async () => {
    place = await aSlackAndDiscord();
    slack = aScene(place.slack, place.world);
    discord = aScene(place.discord, place.world);
    await story.find(({ title }) => title.startsWith('makes an endpoint by typing'))?.tell(slack);
    discord.endpoint = slack.endpoint;
    await slack.say('/webhook route api add discord:#ops', /posts in.*#ops.*Discord #ops/s);
  });
  after(() => place?.close());

  it('posts in both places', async () => {
    [slack.message, discord.message] = await onBoth(() => slack.push('Fix the door'), /Fix the door/);
    for (const scene of [slack, discord]) scene.menu = await scene.behind(scene.message);
    assert.ok([slack, discord].every(({ menu }) => menu.labels.includes('Mute acme/api for 1 h')));
  });

  it('is muted on Slack, which Discord shows and obeys', async () => {
    await slack.press(slack.menu, /^Mute acme/, /(?<!un|longer )muted/);
    assert.match((await discord.say('/webhook mutes', /1 mute/)).text, /source=acme\/api.*by member/s);
    const seen = await counts();
    await discord.pushSilently('Paint the door');
    assert.deepEqual(await counts(), seen);
  });

  it('is unmuted on Discord, and both get the digest with what was held there', async () => {
    const [here, there] = await onBoth(() => discord.say('/webhook unmute api', /Mute ended/), /1 event held/);
    assert.deepEqual([here?.labels[0], there?.labels[0]], ['Post it now', 'Post it now']);
  });

  it('is muted by the button on Discord, which Slack shows and ends', async () => {
    await discord.press(discord.menu, /^Mute acme/, /(?<!un|longer )muted/);
    assert.match((await slack.say('/webhook mutes', /1 mute/)).text, /source=acme\/api.*by mia/s);
    await onBoth(() => slack.say('/webhook unmute api', /Mute ended/), /nothing was held/);
  });

  it('says why on either, naming the other', async () => {
    assert.match((await slack.explain(slack.message)).text, /Discord #ops/);
    assert.match((await discord.explain(discord.message)).text, /Slack #ops/);
  });

  async function counts(): Promise<readonly number[]> {
    return [(await place.slack.seen()).length, (await place.discord.seen()).length];
  }

  /** Does something once, and gives back what each side is shown of it. */
  async function onBoth(deed: () => Promise<unknown>, expected: RegExp) {
    const started = Promise.withResolvers<void>();
    const there = discord.watch(() => started.promise, expected);
    const here = slack.watch(async () => {
      await deed();
      started.resolve();
    }, expected);
    return Promise.all([here, there]);
  }
});
