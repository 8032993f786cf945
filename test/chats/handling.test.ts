import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { anAlertGroup } from '../relay/alert-group.ts';
import type { Endpoint } from '../world.ts';
import { aSlackAndDiscord } from './places.ts';
import { aScene, type Scene } from './story.ts';

const FIRST = { startsAt: '2026-03-02T14:02:00Z' };

describe('an alert on Slack and on Discord', () => {
  let place: Awaited<ReturnType<typeof aSlackAndDiscord>>;
  let slack: Scene;
  let discord: Scene;
  let endpoint: Endpoint;
  before(async () => {
    place = await aSlackAndDiscord();
    slack = aScene(place.slack, place.world);
    discord = aScene(place.discord, place.world);
    endpoint = await place.world.endpoint('alertmanager', 'in slack:#ops as door');
    await place.world.type('/webhook route door add discord:#ops');
  });
  after(() => place?.close());

  const deliver = async (group: Parameters<typeof anAlertGroup>[0]) => {
    assert.equal((await place.world.deliver(endpoint, anAlertGroup(group))).status, 202);
    await place.world.settled();
  };

  /** Does something once, and gives back what each side shows of it. */
  async function onBoth(deed: () => Promise<unknown>, expected: RegExp) {
    const done = Promise.withResolvers<void>();
    const there = discord.watch(() => done.promise, expected);
    const here = slack.watch(async () => {
      await deed();
      done.resolve();
    }, expected);
    return Promise.all([here, there]);
  }

  it('has a button to acknowledge it in both', async () => {
    [slack.message, discord.message] = await onBoth(() => deliver(FIRST), /slowest/);
    assert.ok(slack.message.labels.includes('Acknowledge'));
    assert.deepEqual(discord.message.labels, ['Acknowledge', 'Open', '⋯']);
  });

  it('is acknowledged on Discord, which Slack shows', async () => {
    const [here, there] = await onBoth(
      () => place.discord.press(discord.message as never, 'Acknowledge'),
      /^(?!You).*Acknowledged by \S+ on Discord/s,
    );
    [slack.message, discord.message] = [here, there];
    assert.ok(!here.labels.includes('Acknowledge'));
    assert.ok(here.labels.includes('Resolve here'));
  });

  it('has a note from the page, which both show', async () => {
    [slack.message, discord.message] = await onBoth(
      () => place.world.type('/webhook note 1 Rolled back <!channel> @everyone', { user: 'Hubert' }),
      /Note: Rolled back .*Hubert on the page/s,
    );
    const said = JSON.stringify(slack.message);
    assert.match(said, /"type":"text","text":"Note: Rolled back <!channel> @everyone/);
    assert.doesNotMatch(said, /"type":"(?:broadcast|user|usergroup)"/);
    assert.doesNotMatch(JSON.stringify(discord.message), /"allowed_mentions":\{"parse":\["/);
  });

  it('has a note from Slack, asked for by its button', async () => {
    const line = '/webhook note 1';
    [slack.message, discord.message] = await onBoth(
      () => place.slack.fill(line, { Note: 'Looks better' }),
      /Note: Looks better .* on Slack/s,
    );
  });

  it('folds to a line that says who acknowledged it, once its provider resolves it', async () => {
    const [here, there] = await onBoth(
      () => deliver({ ...FIRST, status: 'resolved', endsAt: '2026-03-02T14:25:00Z' }),
      /Resolved after 23 min.*acknowledged by \S+ on Discord · 2 notes/s,
    );
    assert.equal(here.text.includes('Looks better'), false);
    assert.equal(there.text.includes('Looks better'), false);
    await place.world.settled();
    const standing = [await place.slack.seen(), await place.discord.seen()].map((seen) =>
      seen.filter(({ text }) => /slowest/.test(text) && !/^You/.test(text)),
    );
    assert.equal(standing[1]?.filter(({ text }) => /Resolved after/.test(text)).length, 1);
  });
});
