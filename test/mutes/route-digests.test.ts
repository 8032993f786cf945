import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aPush } from '../world.ts';
import { aMuteWorld, anAlert } from './mute-world.ts';

describe('the quiet hours of a channel', () => {
  it('hold what comes, let through what they except, and end with a digest', async () => {
    await using world = await aMuteWorld('2026-01-05T20:00:00Z');
    const alerts = await world.endpoint('alertmanager', 'in #ops');
    const reply = await world.type(
      '/webhook route alertmanager add #ops quiet=22:00-07:00 except severity>=error zone=Europe/Berlin',
    );
    assert.match(reply.text, /quiet every day 22:00–07:00 \(Europe\/Berlin\) except/);
    await world.at('2026-01-05T22:00:00Z');
    await world.send(alerts, anAlert('DiskFull'), anAlert('SlowPages', 'firing', 'warning'));
    await world.send(alerts, anAlert('Lag', 'firing', 'warning'), anAlert('Lag', 'resolved', 'warning'));
    assert.deepEqual(await world.states(alerts), ['posted', 'held', 'held', 'held']);
    const [event] = await world.events();
    assert.match((await world.type(`/webhook why ${event?.id}`)).text, /kept until the quiet hours end/);
    await world.at('2026-01-06T05:59:00Z');
    assert.equal((await world.titles()).length, 1);
    await world.at('2026-01-06T06:00:00Z');
    await world.at('2026-01-06T06:00:05Z');
    assert.equal((await world.titles()).at(-1), 'In the quiet hours: 3 events, 1 still open (alertmanager)');
    const { message } = (await world.messages()).at(-1) ?? {};
    assert.match(
      message?.body ?? '',
      /Still open\*\*\n- .*SlowPages.* · firing[\s\S]*The rest[\s\S]*\| .*Lag.* \| 2 \|/,
    );
    await world.send(alerts, anAlert('ByDay', 'firing', 'warning'));
    assert.equal((await world.states(alerts)).at(-1), 'posted');
  });
});

describe('a mute that ends in quiet hours', () => {
  it('posts what is critical and still open, and lists the rest', async () => {
    await using world = await aMuteWorld('2026-01-05T20:00:00Z');
    const alerts = await world.endpoint('alertmanager', 'in #ops');
    await world.type('/webhook route alertmanager add #ops quiet=22:00-07:00 zone=UTC');
    await world.type('/webhook mute alertmanager confirm for 3h');
    await world.send(alerts, anAlert('DiskFull'), anAlert('SlowPages', 'firing', 'warning'));
    // As long after its end as a slow machine may have begun it late.
    await world.at('2026-01-05T23:05:00Z');
    const titles = await world.titlesWith('DiskFull', 'Mute ended');
    assert.ok(titles.includes('Mute ended: 2 events held, 2 still open (alertmanager)'), titles.join('\n'));
    assert.ok(!titles.some((title) => title.includes('SlowPages')));
    assert.deepEqual(await world.states(alerts), ['posted', 'held']);
  });
});

describe('the digest of a channel', () => {
  it('gathers what comes until its time, by source and by thing, and says what it leaves out', async () => {
    await using world = await aMuteWorld('2026-01-05T12:00:00Z');
    const github = await world.endpoint('github', 'in #ops');
    await world.type('/webhook route github add #ops digest=daily 9:00 zone=UTC');
    const one = Array.from({ length: 24 }, (_, index) => aPush({ message: `Commit ${index}`, by: `dev${index}` }));
    await world.send(github, ...one, aPush({ repository: 'acme/web' }));
    assert.deepEqual(new Set(await world.states(github)), new Set(['held']));
    await world.at('2026-01-06T08:59:00Z');
    assert.deepEqual(await world.titles(), []);
    await world.at('2026-01-06T09:00:00Z');
    await world.at('2026-01-06T09:01:00Z');
    assert.deepEqual(await world.titles(), ['Daily digest: 25 events (github)']);
    const digest = (await world.messages()).at(-1);
    assert.match(digest?.message.body ?? '', /\| Source \| What \| Events \|\n/);
    const sent = JSON.stringify(digest?.drawings.slack);
    assert.match(sent, /"type":"table"/, 'Slack has tables');
    assert.match(digest?.message.body ?? '', /Not listed: 5 events about 5 more things/);
    await world.at('2026-01-07T09:00:00Z');
    assert.equal((await world.titles()).length, 1, 'nothing came since, so nothing is posted');
  });

  for (const [night, before, after] of [
    ['the clocks skip its time', '2026-03-29T00:59:59Z', '2026-03-29T01:00:01Z'],
    ['the clocks show its time twice', '2026-10-25T00:29:59Z', '2026-10-25T00:30:01Z'],
  ] as const)
    it(`comes once in a night in which ${night}`, async () => {
      await using world = await aMuteWorld(before);
      const github = await world.endpoint('github', 'in #ops');
      await world.type('/webhook route github add #ops digest=daily 2:30 zone=Europe/Berlin');
      await world.at(before.replace(/\d\dZ$/, '30Z'));
      await world.send(github, aPush());
      await world.at(before);
      assert.deepEqual(await world.titles(), []);
      await world.at(after.replace('01Z', '30Z'));
      assert.deepEqual(await world.titles(), ['Daily digest: 1 event (github)']);
      await world.send(github, aPush());
      await world.at(after.replace(/T.*/, 'T01:31:00Z'));
      await world.at(after.replace(/T.*/, 'T23:00:00Z'));
      assert.equal((await world.titles()).length, 1);
    });

  it('that is due in quiet hours comes when they end', async () => {
    await using world = await aMuteWorld('2026-01-05T12:00:00Z');
    const github = await world.endpoint('github', 'in #ops');
    await world.type('/webhook route github add #ops digest=daily 3:00 zone=UTC');
    await world.type('/webhook route github add #ops quiet=22:00-07:00 zone=UTC');
    await world.send(github, aPush());
    await world.at('2026-01-06T03:00:01Z');
    assert.deepEqual(await world.titles(), []);
    await world.at('2026-01-06T07:00:01Z');
    assert.deepEqual(await world.titles(), ['Daily digest: 1 event (github)']);
  });

  it('shows what it holds when nobody wants it any more', async () => {
    await using world = await aMuteWorld('2026-01-05T12:00:00Z');
    const github = await world.endpoint('github', 'in #ops');
    await world.type('/webhook route github add #ops digest=weekly mon 9:00 zone=UTC');
    await world.send(github, aPush());
    await world.type('/webhook route github add #ops digest=none');
    await world.at('2026-01-05T12:01:00Z');
    assert.deepEqual(await world.titles(), ['Held until now: 1 event (github)']);
    await world.send(github, aPush());
    assert.equal((await world.states(github)).at(-1), 'posted');
  });

  it('can be tried first', async () => {
    await using world = await aMuteWorld('2026-01-05T12:00:00Z');
    const github = await world.endpoint('github', 'in #ops');
    await world.send(github, aPush(), aPush({ by: 'mona' }));
    const tried = await world.type('/webhook route github add #ops digest=hourly except "not=actor:mona" zone=UTC try');
    assert.match(tried.text, /1 message of the last 7 days would be posted instead of 2, and 1 more held for later\./);
    assert.match(tried.text, /Held for later:/);
    assert.doesNotMatch(tried.text, /No longer posted/);
    await world.click(tried, /^Save/);
    await world.send(github, aPush(), aPush({ by: 'mona' }));
    assert.deepEqual((await world.states(github)).slice(2), ['posted', 'held']);
  });

  const slips = {
    'digest=sometimes zone=UTC': 'digest',
    'quiet=25-26 zone=UTC': 'quiet',
    'quiet=weekend zone=UTC': 'quiet',
    'except severity>=critical': 'except',
    'quiet=22-7 except severity>=loud zone=UTC': 'except',
    'quiet=22-7 except about.sorce zone=UTC': 'except',
  };
  it('is refused where it cannot be read, with what is wrong', async () => {
    await using world = await aMuteWorld('2026-01-05T12:00:00Z');
    await world.endpoint('github', 'in #ops');
    for (const [typed, field] of Object.entries(slips)) {
      const reply = await world.type(`/webhook route github add #ops ${typed}`);
      assert.equal(reply.data.field, field, `${typed}: ${reply.text}`);
    }
  });
});
