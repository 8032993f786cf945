import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aPush } from '../world.ts';
import { aMuteWorld, anAlert } from './mute-world.ts';

// The fifth of January 2026 is a Monday; Berlin is an hour ahead of UTC.
const EVENING = '2026-01-05T20:00:00Z';

describe('a mute that comes again', () => {
  it('holds at its hours, gives a digest when they are over, and holds again the next time', async () => {
    await using world = await aMuteWorld(EVENING);
    const alerts = await world.endpoint('alertmanager', 'in #ops');
    await world.click(
      await world.type('/webhook mute alertmanager every weekday 22:00-06:00 zone=Europe/Berlin'),
      /Mute everything/,
    );
    await world.send(alerts, anAlert('BeforeIt'));
    assert.match((await world.type('/webhook mutes')).text, /every weekday 22:00–06:00.*again from/);
    await world.at('2026-01-05T21:30:00Z');
    await world.send(alerts, anAlert('DiskFull'), anAlert('HighLoad'), anAlert('HighLoad', 'resolved'));
    assert.match((await world.type('/webhook mutes')).text, /3 held · holding until/);
    assert.deepEqual(await world.states(alerts), ['posted', 'held', 'held', 'held']);
    await world.at('2026-01-06T05:00:01Z');
    // What is still open is posted.
    const titles = await world.titlesWith('DiskFull', 'Mute paused');
    assert.ok(titles.includes('Mute paused: 3 events held, 1 still open (alertmanager)'), titles.join('\n'));
    assert.ok(!titles.some((title) => title.includes('HighLoad')), 'what was over meanwhile is only counted');
    const digest = (await world.messages()).find(({ message }) => message.title?.text.startsWith('Mute paused'));
    assert.match(digest?.message.body ?? '', /1 more started and ended in the meantime/);
    await world.send(alerts, anAlert('ByDay'));
    await world.at('2026-01-06T21:00:00Z');
    await world.send(alerts, anAlert('NextNight'));
    assert.deepEqual((await world.states(alerts)).slice(4), ['posted', 'held']);
    await world.at('2026-01-06T21:00:05Z');
    assert.equal((await world.titles()).filter((title) => title.startsWith('Mute paused')).length, 1);
  });
});

describe('a mute until its subject is resolved', () => {
  it('holds what comes before, posts what ends it, and is over', async () => {
    await using world = await aMuteWorld(EVENING);
    const alerts = await world.endpoint('alertmanager', 'in #ops');
    await world.send(alerts, anAlert('DiskFull'));
    const [event] = await world.events();
    const { json } = await world.call<{ event: { about: { subject: string } } }>(`/api/v1/events/${event?.id}`);
    const { subject } = json.event.about;
    const reply = await world.type(
      `/webhook mute alertmanager subject="${subject.replaceAll('"', '\\"')}" until=resolved`,
    );
    assert.match(reply.text, /until it is resolved.*Open now: .*DiskFull/s);
    await world.send(alerts, anAlert('DiskFull', 'firing', 'critical', 5), anAlert('HighLoad'));
    await world.at('2026-01-05T21:00:00Z');
    await world.send(alerts, anAlert('DiskFull', 'resolved'));
    assert.deepEqual(await world.states(alerts), ['posted', 'held', 'posted', 'posted']);
    await world.at('2026-01-05T21:00:03Z');
    assert.match((await world.type('/webhook mutes')).text, /Nothing is muted/);
    assert.ok((await world.titles()).includes('Mute ended: 1 event held (alertmanager)'));
    const again = await world.type(
      `/webhook mute alertmanager subject="${subject.replaceAll('"', '\\"')}" until=resolved`,
    );
    assert.equal(again.data.code, 'over', 'it is over already');
  });

  it('is refused without a subject', async () => {
    await using world = await aMuteWorld(EVENING);
    await world.endpoint('alertmanager', 'in #ops');
    const reply = await world.type('/webhook mute alertmanager until merged');
    assert.deepEqual([reply.data.code, reply.data.field], ['bad_option', 'until']);
  });
});

describe('a mute of what a condition fits', () => {
  it('holds just that, and a condition that cannot be evaluated holds nothing', async () => {
    await using world = await aMuteWorld(EVENING);
    const github = await world.endpoint('github', 'in #ops');
    await world.type(`/webhook mute github where="payload.commits.exists(c, c.message.contains('door'))"`);
    await world.type('/webhook mute github where="payload.nothing.here == 1"');
    await world.send(github, aPush({ message: 'Fix the door' }), aPush({ message: 'Paint the wall' }));
    assert.deepEqual(await world.states(github), ['held', 'posted']);
    const [event] = await world.events();
    assert.match((await world.type(`/webhook why ${event?.id}`)).text, /cannot be evaluated, so it holds nothing/);
  });

  it('is refused with the place of the mistake', async () => {
    await using world = await aMuteWorld(EVENING);
    await world.endpoint('github', 'in #ops');
    const reply = await world.type('/webhook mute github where="about.sorce == \'x\'"');
    assert.equal(reply.data.code, 'bad_condition');
    assert.match(reply.text, /source/);
  });
});

describe('a mute while something else is firing', () => {
  it('holds from when it fires until it is over, and never keeps itself quiet', async () => {
    await using world = await aMuteWorld(EVENING);
    const web = await world.endpoint('alertmanager', 'in #ops as web');
    const db = await world.endpoint('alertmanager', 'in #ops as db');
    assert.equal((await world.type('/webhook mute web while web is firing')).data.field, 'while');
    assert.equal((await world.type('/webhook mute web while dba is firing')).data.code, 'not_found');
    await world.click(await world.type('/webhook mute web while db is firing'), /Mute everything/);
    await world.send(web, anAlert('SlowPages'));
    await world.send(db, anAlert('DiskFull'));
    await world.send(web, anAlert('NoPages'), anAlert('SlowPages', 'resolved'));
    assert.deepEqual(await world.states(web), ['posted', 'held', 'held']);
    await world.send(db, anAlert('DiskFull', 'resolved'));
    await world.at('2026-01-05T20:30:00Z');
    const titles = await world.titlesWith('NoPages', 'Mute paused');
    assert.ok(titles.includes('Mute paused: 2 events held, 1 still open (web)'), titles.join('\n'));
    assert.deepEqual(
      (await world.states(web)).at(-1),
      'posted',
      'the message that stands no longer says that it fires',
    );
    await world.send(web, anAlert('NoPages', 'resolved'));
    assert.deepEqual((await world.states(web)).at(-1), 'posted');
  });

  it('names it to nobody who may not know of it', async () => {
    await using world = await aMuteWorld(EVENING);
    const web = await world.endpoint('alertmanager', 'in #ops as web');
    const vault = await world.endpoint('alertmanager', 'in #board as vault');
    await world.type('/webhook route web add #dev');
    await world.type('/webhook mute web severity=critical while vault is firing');
    await world.send(vault, anAlert('SafeOpen'));
    await world.send(web, anAlert('NoPages'));
    await world.send(vault, anAlert('SafeOpen', 'resolved'));
    await world.at('2026-01-05T20:30:00Z');
    const [event] = await world.events('endpoint=web');
    const said = [
      ...(await world.messages('dev')).map(({ message }) => JSON.stringify(message)),
      JSON.stringify((await world.call(`/api/v1/events/${event?.id}`)).json),
    ];
    assert.match(said.join('\n'), /while something else is firing/);
    assert.match(said.join('\n'), /Mute paused/);
    assert.doesNotMatch(said.join('\n'), /vault/);
  });
});

describe('a long mute', () => {
  it('has a reminder before its end, whose button makes it longer', async () => {
    await using world = await aMuteWorld(EVENING);
    await world.endpoint('github', 'in #ops');
    await world.type('/webhook mute github type=push for 5h because "deploy night"');
    await world.at('2026-01-06T00:20:00Z');
    assert.deepEqual(await world.titles(), []);
    await world.at('2026-01-06T00:31:00Z');
    await world.at('2026-01-06T00:32:00Z');
    assert.deepEqual(await world.titles(), ['A mute of github ends soon']);
    const reminder = (await world.messages()).at(-1);
    assert.ok(reminder);
    assert.match(reminder.message.body, /deploy night.*0 held so far/s);
    assert.match((await world.click(reminder, /Extend 1 h/)).text, /Mona extended the mute of type=push/);
    await world.at('2026-01-06T01:10:00Z');
    assert.match((await world.type('/webhook mutes')).text, /type=push/);
    await world.at('2026-01-06T01:35:00Z');
    assert.equal((await world.titles()).length, 2, 'its new end has a reminder too');
  });

  it('for ever is refused, with what to do instead', async () => {
    await using world = await aMuteWorld(EVENING);
    await world.endpoint('github', 'in #ops');
    for (const line of ['for ever', 'until forever', 'type=push for always', 'every day zone=UTC']) {
      const reply = await world.type(`/webhook mute github ${line}`);
      assert.equal(reply.data.code, 'for_ever', line);
    }
    assert.match((await world.type('/webhook mute github for ever')).text, /quiet=22:00-07:00/);
  });
});

describe('whoever reads a channel', () => {
  it('is shown each mute that silences it, by the name of who made it', async () => {
    await using world = await aMuteWorld(EVENING);
    await world.endpoint('github', 'in #ops');
    await world.type('/webhook route github add #dev');
    await world.type('/webhook mute github source=acme/api for 2h because "deploy night"');
    await world.settled();
    const [notice] = await world.messages('dev');
    assert.match(notice?.message.body ?? '', /^Mona muted .*source=acme\/api.*Why: deploy night/s);
    assert.equal((await world.messages('ops')).length, 1, 'the reply says it there');
  });

  it('is never told that they did it themselves', async () => {
    await using world = await aMuteWorld(EVENING);
    await world.endpoint('github', 'in #ops');
    await world.type('/webhook route github add #dev');
    const reply = await world.type('/webhook mute github type=push for 2h', { user: 'you' });
    await world.settled();
    const [notice] = await world.messages('dev');
    for (const text of [reply.text, notice?.text ?? '']) assert.match(text, /^Somebody muted/);
  });

  it('chooses another time after a click, or one type of event only', async () => {
    await using world = await aMuteWorld(EVENING);
    const github = await world.endpoint('github', 'in #ops');
    await world.send(github, aPush());
    const [message] = await world.messages();
    assert.ok(message);
    const reply = await world.click(message, /^Mute acme\/api/);
    assert.deepEqual(
      reply.message.actions.map(({ label }) => label),
      ['Unmute', '15 min', '1 h', '4 h', 'Until tomorrow', 'Only push'],
    );
    const longer = await world.click(reply, /^4 h/);
    assert.match(longer.text, /This replaces the mute/);
    await world.click(reply, /^Only push/);
    const { mutes } = (await world.type('/webhook mutes')).data as { mutes: readonly { match: object }[] };
    assert.deepEqual(
      mutes.map(({ match }) => match),
      [{ source: 'acme/api', type: 'push' }],
    );
  });
});

describe('a mute that asks more than what an event is', () => {
  it('is answered with what it would have held at its hours, and where it looks for a field that no event has', async () => {
    await using world = await aMuteWorld(EVENING);
    const github = await world.endpoint('github', 'in #ops');
    await world.send(github, aPush(), aPush());
    const morning = await world.type('/webhook mute github every day 6-8 zone=UTC actor=octocat');
    assert.match(morning.text, /The number of messages would not change: 2 in the last day\./);
    const evening = await world.type('/webhook mute github every day 20-23 zone=UTC actor=octocat');
    assert.match(evening.text, /None of the 2 messages of the last day would be posted, and 2 more held for later\./);
    const mistyped = await world.type('/webhook mute github where="payload.reff == \'x\'" for 1h');
    assert.match(mistyped.text, /No event of the last day has payload\.reff; did you mean payload\.ref\?/);
    assert.match(mistyped.text, /cannot be evaluated for 2 events, so it holds nothing/);
  });
});

describe('trying a mute', () => {
  it('says what it would have held, mutes nothing, and offers to', async () => {
    await using world = await aMuteWorld(EVENING);
    const github = await world.endpoint('github', 'in #ops');
    await world.send(github, aPush(), aPush({ repository: 'acme/web' }), aPush());
    const tried = await world.type('/webhook mute github source=acme/api every day 20-23 zone=UTC try');
    assert.match(
      tried.text,
      /With this change, 1 message of the last 7 days would be posted instead of 3, and 2 more held for later\./,
    );
    assert.match(tried.text, /held: 0 → 2/);
    assert.match((await world.type('/webhook mutes')).text, /Nothing is muted/);
    const { status, json } = await world.call<{ trial: { after: object } }>('/api/v1/try', {
      method: 'POST',
      body: { text: '/webhook mute github source=acme/api for 2h' },
    });
    assert.deepEqual([status, json.trial.after], [200, { posted: 1, held: 2, dropped: 0 }]);
    await world.click(tried, /^Save/);
    assert.match((await world.type('/webhook mutes')).text, /every day 20:00–23:00/);
    await world.send(github, aPush());
    assert.equal((await world.states(github)).at(-1), 'held');
  });
});
