import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Mention } from '../../src/core/message/message.ts';
import type { Shown } from '../chats/chat.ts';
import { aSlackAndDiscord } from '../chats/places.ts';
import { aScene, type Scene } from '../chats/story.ts';
import { discordPings } from '../doubles/discord/limits.ts';
import { slackPings } from '../doubles/slack/limits.ts';
import { aPush, aWorld, type Endpoint, type World } from '../world.ts';

let number = 0;

/** A review that octocat is asked for, in a pull request of its own unless another one is named. */
function aReviewRequest({ pull = 1_000 + ++number, of = 'octocat', action = 'review_requested' } = {}) {
  return {
    headers: { 'x-github-event': 'pull_request', 'x-github-delivery': `review-${++number}` },
    payload: {
      action,
      number: pull,
      requested_reviewer: { login: of },
      pull_request: {
        number: pull,
        title: `Oil the door ${number}`,
        html_url: `https://github.com/acme/api/pull/${pull}`,
        state: 'open',
        user: { login: 'mona' },
        head: { ref: 'oil' },
        base: { ref: 'main' },
      },
      repository: { full_name: 'acme/api', html_url: 'https://github.com/acme/api' },
      sender: { login: 'mona' },
    },
  };
}

describe('a person whom a delivery names', () => {
  let place: Awaited<ReturnType<typeof aSlackAndDiscord>>;
  let slack: Scene;
  let discord: Scene;
  before(async () => {
    place = await aSlackAndDiscord();
    slack = aScene(place.slack, place.world);
    discord = aScene(place.discord, place.world);
    const made = await slack.say('/webhook new github in #ops as api', /api.*ready/s);
    slack.endpoint = { ...slack.endpoint, ...endpointIn(made) };
  });
  after(() => place?.close());

  /** Delivers a request for a review, and gives back whom its message in a chat pings. */
  async function pingsOf(scene: Scene, options: Parameters<typeof aReviewRequest>[0] = {}) {
    const review = aReviewRequest(options);
    const { title } = review.payload.pull_request;
    const shown = await scene.watch(() => place.world.deliver(slack.endpoint, review), new RegExp(title));
    await place.world.settled();
    const { message } = shown as typeof shown & { readonly message: object };
    return new Set(scene === slack ? slackPings(message) : discordPings(message));
  }

  async function lastWhy(scene: Scene) {
    const [last] = await place.world.events('limit=1');
    return (await scene.say(`/webhook why ${last?.id}`, /verified by/)).text;
  }

  it('is suggested to owners where a profile of the chat is called so, ready to be linked', async () => {
    const mine = endpointIn(await discord.say('/webhook new github in #ops as mine', /mine.*ready/s));
    for (const [scene, name, endpoint] of [
      [slack, 'member', slack.endpoint],
      [discord, 'mia', { ...slack.endpoint, ...mine }],
    ] as const) {
      await scene.watch(() => place.world.deliver(endpoint, aPush({ by: name })), new RegExp(`${name} pushed`));
      await place.world.settled();
      const list = await scene.say('/webhook people', new RegExp(`linked to nobody.*${name}.*perhaps`, 's'));
      await scene.press(list, new RegExp(`^Link ${name} to`), new RegExp(`${name}.*now means`, 's'));
      await scene.say(`/webhook people unlink ${name}`, /means nobody/);
    }
  });

  it('is only named while nobody is linked', async () => {
    assert.equal((await pingsOf(slack)).size, 0);
  });

  it('is pinged on Slack once linked, and why says so', async () => {
    await slack.say('/webhook people link octocat', /octocat.*now means/s);
    assert.equal((await pingsOf(slack)).size, 1);
    assert.match(await lastWhy(slack), /pings /);
  });

  it('is pinged once for one pull request within the hour', async () => {
    assert.equal((await pingsOf(slack, { pull: 7 })).size, 1);
    assert.equal((await pingsOf(slack, { pull: 7 })).size, 0);
    assert.match(await lastWhy(slack), /does not ping .*pinged for the same thing/s);
    assert.equal((await pingsOf(slack, { pull: 8 })).size, 1);
  });

  it('is pinged by a message of its own where the others of the pull request are edits, which ping nobody', async () => {
    await slack.say('/webhook route api add #ops follow=edit', /posts in.*follow edit/s);
    assert.equal((await pingsOf(slack, { pull: 9, action: 'opened' })).size, 0);
    assert.equal((await pingsOf(slack, { pull: 9 })).size, 1);
    assert.match(await lastWhy(slack), /posted again.*would ping nobody/s);
  });

  it('is not pinged by a message that is posted again', async () => {
    const [last] = await place.world.events('limit=1');
    const again = await slack.watch(() => place.world.type(`/webhook replay ${last?.id}`), /Oil the door/);
    assert.deepEqual(slackPings((again as typeof again & { readonly message: object }).message), []);
  });

  it('is not pinged where the route pings only for more severe messages', async () => {
    await slack.say('/webhook route api add #ops pings=critical', /posts in.*pings critical/s);
    assert.equal((await pingsOf(slack)).size, 0);
    assert.match(await lastWhy(slack), /only for severity critical, and this event is/);
    await slack.say('/webhook route api add #ops pings=always', /posts in.*pings always/s);
  });

  it('is not pinged after they asked not to be, nor in their quiet hours', async () => {
    await slack.say('/webhook people me pings=off', /no pings/);
    assert.equal((await pingsOf(slack)).size, 0);
    assert.match(await lastWhy(slack), /asked not to be pinged/);
    const hour = new Date().getUTCHours();
    const quiet = `${(hour + 23) % 24}:00-${(hour + 2) % 24}:00`;
    await slack.say(`/webhook people me pings=on quiet=${quiet} zone=UTC`, /quiet from/);
    assert.equal((await pingsOf(slack)).size, 0);
    assert.match(await lastWhy(slack), /quiet hours last until/);
    await slack.say('/webhook people me quiet=off', /pings at any time/);
    assert.equal((await pingsOf(slack)).size, 1);
  });

  it('is pinged on Discord where that is where the channel is', async () => {
    await slack.say('/webhook route api add discord:#ops', /posts in.*Discord #ops/s);
    await discord.say('/webhook people link hubot', /hubot.*now means/s);
    assert.equal((await pingsOf(discord, { of: 'hubot' })).size, 1);
    assert.match(await lastWhy(discord), /pings /);
  });
});

describe('whoever is linked in a data folder', () => {
  it('is pinged once for one thing though Bellhop starts anew, and never for what nobody signed', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'bellhop-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const [api, open] = await firstRun(folder, async (world) => {
      await world.type('/webhook people link octocat');
      const endpoints = [
        await world.endpoint('github', 'in #ops as api'),
        await world.endpoint('generic', 'in #ops as open'),
      ];
      await world.deliver(endpoints[0] ?? assert.fail(), aReviewRequest({ pull: 7 }));
      await world.settled();
      assert.equal((await mentionsOf(world)).length, 1);
      return endpoints;
    });
    assert.ok(api && open);
    const file = join(folder, 'settings.json');
    const settings = JSON.parse(readFileSync(file, 'utf8'));
    const source = '{{title title}}{{field "Reviewer" (mention reviewer)}}';
    settings.templates.push({ provider: 'generic', type: 'review', source });
    writeFileSync(file, JSON.stringify(settings));

    await using world = await aWorld({ folder });
    const here = (endpoint: Endpoint) => ({ ...endpoint, url: world.publicUrl + new URL(endpoint.url).pathname });
    await world.deliver(here(api), aReviewRequest({ pull: 7 }));
    await world.settled();
    assert.equal((await mentionsOf(world)).length, 0);
    assert.match((await world.type('/webhook why')).text, /does not ping .*pinged for the same thing/s);
    await world.deliver(here(open), { payload: { event: 'review', title: 'Unsigned', reviewer: 'octocat' } });
    await world.settled();
    assert.equal((await mentionsOf(world)).length, 0);
    assert.match((await world.type('/webhook why')).text, /nothing is signed, so anybody could have written it/);
  });
});

/** What somebody reads of a new endpoint. */
function endpointIn({ text }: Shown) {
  const [url = ''] = /http:[^"`\s|>]+\/in\/[\w-]+/.exec(text) ?? [];
  const [secret = ''] = /\b[0-9a-f]{64}\b/.exec(text) ?? [];
  return { url, secret };
}

async function firstRun<Result>(folder: string, work: (world: World) => Promise<Result>): Promise<Result> {
  await using world = await aWorld({ folder });
  return await work(world);
}

async function mentionsOf(world: World): Promise<readonly object[]> {
  const last = (await world.messages()).at(-1)?.message as unknown as { readonly mentions: readonly Mention[] };
  return last.mentions.filter(({ ids }) => Object.keys(ids).length > 0);
}
