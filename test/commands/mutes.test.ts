import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { momentMarkdown } from '../../src/core/message/message.ts';
import { DAY } from '../../src/core/text/duration.ts';
import { aCommandWorld, bob, click, dataOf, failureOf } from '../doubles/command-world.ts';

describe('/webhook mute', () => {
  it('says to the channel who muted what until when and why', async () => {
    const { say, anEndpoint, settings } = await aCommandWorld();
    await anEndpoint();
    const reply = await say('mute api source=Acme/API for 2h because "deploy night"', bob);
    assert.equal(reply.visibleTo, 'channel');
    assert.ok(
      reply.message.body.startsWith(
        `Bob muted \`source=acme/api\` from \`api\` until ${momentMarkdown(new Date('2026-01-05T14:00:00Z'))}.\n\nWhy: deploy night`,
      ),
    );
    const [mute] = settings.current.mutes;
    assert.deepEqual(
      [mute?.match, mute?.until, mute?.by, mute?.reason],
      [{ source: 'acme/api' }, '2026-01-05T14:00:00.000Z', 'Bob', 'deploy night'],
    );
  });

  it('lasts an hour when nobody says how long, or until a moment', async () => {
    const { say, anEndpoint, settings } = await aCommandWorld();
    await anEndpoint();
    await say('mute api type=push');
    await say('mute api type=star until tomorrow 9am');
    assert.deepEqual(
      settings.current.mutes.map(({ until }) => until),
      ['2026-01-05T13:00:00.000Z', '2026-01-06T09:00:00.000Z'],
    );
  });

  it('says how much it would have held lately', async () => {
    const { say, anEndpoint, anEvent, clock } = await aCommandWorld();
    const endpoint = await anEndpoint();
    await anEvent(endpoint, { source: 'acme/old' });
    clock.advance(DAY + 1);
    for (const source of ['acme/api', 'acme/web', 'other/x']) await anEvent(endpoint, { source });
    assert.match(
      (await say('mute api source=acme/*')).message.body,
      /would have held 2 of 3 events of the last 24 hours/,
    );
  });

  it('suspects a slip when it would have held nothing', async () => {
    const { say, anEndpoint, anEvent } = await aCommandWorld();
    await anEvent(await anEndpoint(), { source: 'acme/api' });
    assert.match(
      (await say('mute api source=acme/apu')).message.body,
      /held nothing of the last 24 hours \(1 event\)\. Did you mean `source=acme\/api`\?/,
    );
  });

  for (const line of ['mute api', 'mute api source=*', 'mute api type=** for 2h because noise'])
    it(`asks before it mutes everything: ${line}`, async () => {
      const world = await aCommandWorld();
      await world.anEndpoint();
      const question = await world.say(line);
      assert.deepEqual([world.settings.current.mutes, question.visibleTo], [[], 'caller']);
      await click(world, question, 'Mute everything');
      assert.equal(world.settings.current.mutes.length, 1);
    });

  it('carries everything that was said through the question', async () => {
    const world = await aCommandWorld();
    await world.anEndpoint();
    await click(world, await world.say('mute api until tomorrow 9am because deploy'), 'Mute everything');
    const [mute] = world.settings.current.mutes;
    assert.deepEqual([mute?.until, mute?.reason], ['2026-01-06T09:00:00.000Z', 'deploy']);
  });

  it('replaces an equal mute under the same id', async () => {
    const { say, anEndpoint, settings } = await aCommandWorld();
    await anEndpoint();
    await say('mute api type=push for 1h');
    const [first] = settings.current.mutes;
    assert.match((await say('mute api type=PUSH for 3h')).message.body, /This replaces the mute/);
    assert.deepEqual(
      settings.current.mutes.map(({ id, until }) => [id, until]),
      [[first?.id, '2026-01-05T15:00:00.000Z']],
    );
  });

  const slips = {
    'mute nope type=push': ['not_found', 'endpoint'],
    'mute api type=push for 31d': ['bad_option', 'for'],
    'mute api type=push for 0s': ['bad_option', 'for'],
    'mute api type=push until 2020-01-01T00:00:00Z': ['bad_option', 'until'],
    'mute api type=push for 1h until tomorrow 9am': ['bad_option', 'until'],
    'mute api severity=loud': ['bad_option', 'severity'],
  } as const;
  for (const [line, [code, field]] of Object.entries(slips))
    it(`refuses ${line}`, async () => {
      const { say, anEndpoint, settings } = await aCommandWorld();
      await anEndpoint();
      assert.deepEqual((await say(line)).data, { code, field });
      assert.deepEqual(settings.current.mutes, []);
    });

  it('shows a reason as text, whatever it holds', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    const { body } = (await say('mute api type=push because "[free](http://evil) **now**"')).message;
    assert.ok(body.includes(String.raw`\[free\]\(http\://evil\) \*\*now\*\*`), body);
  });
});

describe('/webhook unmute', () => {
  it('ends the only mute without asking which', async () => {
    const { say, anEndpoint, relay, settings } = await aCommandWorld();
    await anEndpoint();
    await say('mute api type=push');
    const id = settings.current.mutes[0]?.id;
    assert.equal((await say('unmute api')).visibleTo, 'channel');
    assert.deepEqual(relay.ended, [id]);
  });

  it('asks which of several, and ends the one that is clicked', async () => {
    const world = await aCommandWorld();
    await world.anEndpoint();
    for (const type of ['push', 'star']) await world.say(`mute api type=${type}`);
    const question = await world.say('unmute api');
    assert.deepEqual(world.relay.ended, []);
    await click(world, question, 'Unmute type=star');
    assert.deepEqual(
      world.settings.current.mutes.map(({ match }) => match),
      [{ type: 'push' }],
    );
  });

  for (const [line, left] of [
    ['unmute api type=push', 1],
    ['unmute api all', 0],
    ['unmute api "type=push"', 1],
  ] as const)
    it(`ends what is named: ${line}`, async () => {
      const { say, anEndpoint, settings } = await aCommandWorld();
      await anEndpoint();
      for (const type of ['push', 'star']) await say(`mute api type=${type}`);
      await say(line);
      assert.equal(settings.current.mutes.length, left);
    });

  it('says so when nothing is muted, or not that', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    assert.match((await say('unmute api')).message.body, /`api` is not muted/);
    await say('mute api type=push');
    assert.deepEqual((await say('unmute api nope')).data, { code: 'not_found', field: 'mute' });
  });
});

describe('/webhook mutes', () => {
  it('lists what is muted and how much each holds', async () => {
    const { say, anEndpoint, anEvent, settings } = await aCommandWorld();
    const endpoint = await anEndpoint();
    await say('mute api type=push because noise');
    await anEvent(endpoint, {}, { state: 'held', muteId: settings.current.mutes[0]?.id ?? '' });
    const reply = await say('mutes');
    assert.match(reply.message.body, /\*\*api\*\* `type=push` until .* by Ann: noise · 1 held/);
    assert.equal(dataOf<{ mutes: readonly { held: number }[] }>(reply).mutes[0]?.held, 1);
  });

  it('leaves out a mute whose time is over', async () => {
    const { say, anEndpoint, clock } = await aCommandWorld();
    await anEndpoint();
    await say('mute api type=push for 1h');
    clock.advance(3_600_001);
    assert.match((await say('mutes')).message.body, /Nothing is muted/);
  });

  it('says how to mute when nothing is', async () => {
    const { say } = await aCommandWorld();
    assert.match((await say('mutes')).message.body, /Nothing is muted\. `\/webhook mute/);
    assert.equal(failureOf(await say('mutes nope')).code, 'not_found');
  });
});
