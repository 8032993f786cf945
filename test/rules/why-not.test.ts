import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { systemClock } from '../../src/app/system-clock.ts';
import { AppError } from '../../src/core/errors.ts';
import { anIncident } from '../chats/courses.ts';
import { aDiscord, aSlack } from '../chats/places.ts';
import { aChat } from '../doubles/chat.ts';
import { aMuteWorld, anAlert } from '../mutes/mute-world.ts';
import { aPush, aWorld, type Endpoint, type World } from '../world.ts';

const HOUR = 3_600_000;

describe('/webhook why not', () => {
  const chat = aChat({ budget: { perSecond: 1, burst: 1 } });
  let later = 0;
  const clock = { ...systemClock, now: () => new Date(Date.now() + later) };
  let world: World;
  let count = 0;
  before(async () => {
    world = await aWorld({ platforms: [chat.platform], clock });
  });
  after(() => world[Symbol.asyncDispose]());

  const anEndpoint = () => world.endpoint('github', `in chat:#ops as e${++count}`);
  const push = async (endpoint: Endpoint, message: string, by = 'octocat') => {
    const { status } = await world.deliver(endpoint, aPush({ message, by, repository: `acme/${endpoint.name}` }));
    await world.settled();
    return status;
  };
  const ask = async ({ name }: Endpoint, rest = '') => {
    const { text, data, message } = await world.type(`/webhook why not ${name} ${rest}`);
    return { text, reasons: data.reasons as readonly { reason: string; events: number }[], actions: message.actions };
  };
  const one = (reason: string, events = 1) => [{ reason, events }];
  const brief = (reasons: readonly { reason: string; events: number }[]) =>
    reasons.map(({ reason, events }) => ({ reason, events }));

  it('says that nothing ever arrived, and what to check', async () => {
    const { text, reasons, actions } = await ask(await anEndpoint());
    assert.match(
      text,
      /Nothing arrived at e1 in the last 24 hours\. Nothing has ever arrived.*switched on.*show e1 url/s,
    );
    assert.deepEqual(brief(reasons), one('nothing_arrived', 0));
    assert.ok(actions.some(({ label }) => label === 'Send a test'));
  });

  it('says when the last delivery came, and whether such a silence is unusual', async () => {
    const endpoint = await anEndpoint();
    for (let number = 0; number < 6; number++) {
      await push(endpoint, `Hourly ${number}`);
      later += HOUR;
    }
    later += HOUR;
    const usual = await ask(endpoint, 'since=1h');
    assert.match(usual.text, /last delivery came.*Hourly 5.*Usually one comes every 1 hour/s);
    assert.match(
      usual.text,
      /2 hours of silence is longer than any pause among the last 6, of which the longest was 1 hour/,
    );
    const words = await ask(endpoint, 'deploy since=1d');
    assert.match(words.text, /Nothing with deploy arrived.*6 others did/s);
  });

  it('says what was refused, how often, and the cure', async () => {
    const endpoint = await anEndpoint();
    for (let times = 0; times < 3; times++)
      assert.equal((await world.deliver(endpoint, { ...aPush({ message: 'Paint' }), secret: 'wrong' })).status, 401);
    const { text, reasons, actions } = await ask(endpoint);
    assert.match(
      text,
      /Refused: 3 deliveries, the latest.*with 401: .*signature.*\/webhook identify.*\/webhook rotate/s,
    );
    assert.deepEqual(brief(reasons), [...one('nothing_arrived', 0), ...one('refused', 3)]);
    assert.ok(actions.some(({ label }) => label === 'Find the scheme'));
    assert.match((await ask(endpoint, 'gardening')).text, /3 deliveries, 0 of them with these words/);
    assert.match((await world.type(`/webhook why not ${endpoint.name}`, { user: 'Mona' })).text, /Refused/);
  });

  it('says what its provider’s description counts as noise, and posts it all the same', async () => {
    const endpoint = await anEndpoint();
    await world.deliver(endpoint, { headers: { 'x-github-event': 'ping' }, payload: { zen: 'Be small.', hook_id: 1 } });
    const { type } = (await world.events('limit=1'))[0] ?? {};
    await world.deliver(endpoint, {
      headers: { 'x-github-event': 'status', 'x-github-delivery': 's1' },
      payload: { state: 'pending', context: 'ci', sha: 'abc', repository: { full_name: 'acme/api' } },
    });
    await world.settled();
    const { text, reasons, actions } = await ask(endpoint);
    assert.ok(
      reasons.some(({ reason }) => reason === 'noise'),
      `${type} ${text}`,
    );
    assert.match(text, /Left out as noise in Chat #ops: 1 event.*(None of your rules caused this|follow=edit)/s);
    assert.ok(actions.some(({ label }) => label === 'Post it now'));
  });

  it('says which part of a filter was false, and of what value', async () => {
    const endpoint = await anEndpoint();
    await world.type(
      `/webhook route ${endpoint.name} add chat:#ops filter="type == 'push' && (payload.pusher.name == 'mona' || payload.ref == 'x')" confirm`,
    );
    await push(endpoint, 'Not by Mona');
    const { text, reasons, actions } = await ask(endpoint);
    assert.deepEqual(brief(reasons), one('filtered'));
    assert.match(text, /Filtered in Chat #ops: 1 event.*filter is false/s);
    assert.match(
      text,
      /It would be posted if payload\.pusher\.name == 'mona' \|\| payload\.ref == 'x' were true \(payload\.pusher\.name is "octocat", payload\.ref is "refs\/heads\/main"\)\./,
    );
    assert.ok(actions.some(({ label }) => label === 'Show the conditions'));
    const why = await world.type(`/webhook why ${endpoint.name}`);
    assert.match(why.text, /Chat #ops: not posted, its filter is false.*It would be posted if payload\.pusher\.name/s);
  });

  it('names the rule that hid it, with a button to the rule, and what else stands in its way', async () => {
    const endpoint = await anEndpoint();
    await push(endpoint, 'First', 'renovate');
    const [event] = await world.events('limit=1');
    await world.type(`/webhook fewer ${event?.id} by=actor confirm`);
    await world.type(`/webhook mute ${endpoint.name} type=push for 2h`);
    await push(endpoint, 'Second', 'renovate');
    const { text, reasons, actions } = await ask(endpoint, 'Second');
    assert.deepEqual(brief(reasons), one('hidden'));
    assert.match(
      text,
      /Hidden by a rule.*It would be posted without the rule \w+ of Mona, and without the mute of Mona/s,
    );
    const show = actions.find(({ label }) => label === 'Show the rule') ?? assert.fail(text);
    const rule = await world.click({ message: { actions } } as never, /^Show the rule$/);
    assert.match(rule.text, new RegExp(`about\\.actor == 'renovate'.*${show.options?.rule}`, 's'));
    const [second] = await world.events('limit=1');
    await world.type(`/webhook rules ${endpoint.name} remove=${show.options?.rule}`);
    await world.type(`/webhook unmute ${endpoint.name} all`);
    assert.match(
      (await world.type(`/webhook why ${second?.id}`)).text,
      /With the current rules it would be posted\. Replay posts it/,
    );
  });

  it('names the mute that holds it', async () => {
    const endpoint = await anEndpoint();
    await world.type(`/webhook mute ${endpoint.name} type=push for 2h because "deploy night"`);
    await push(endpoint, 'Quietly');
    const { text, reasons, actions } = await ask(endpoint);
    assert.deepEqual(brief(reasons), one('muted'));
    assert.match(
      text,
      /Muted in Chat #ops: 1 event.*deploy night.*It would be posted without the mute of Mona, which ends/s,
    );
    assert.ok(actions.some(({ label }) => label === 'Unmute'));
  });

  it('says that it failed there, and why', async () => {
    const endpoint = await anEndpoint();
    chat.fail(new AppError(422, 'refused', 'The message was not understood.'));
    await push(endpoint, 'Too strange');
    const { text, reasons, actions } = await ask(endpoint);
    assert.deepEqual(brief(reasons), one('failed'));
    assert.match(text, /Could not be posted in Chat #ops: 1 event.*The message was not understood/s);
    assert.ok(actions.some(({ label }) => label === 'Try again'));
  });

  it('says that it was posted and deleted there', async () => {
    const endpoint = await anEndpoint();
    await push(endpoint, 'Here and gone');
    assert.deepEqual(brief((await ask(endpoint)).reasons), one('posted'));
    chat.remove(String(chat.posted.length));
    const { text, reasons } = await ask(endpoint);
    assert.deepEqual(brief(reasons), one('deleted'));
    assert.match(text, /Posted and deleted there in Chat #ops.*Post it now posts it once more/s);
    assert.match((await world.type(`/webhook why ${endpoint.name}`)).text, /the message was deleted there since/);
  });

  it('says that a message which was already posted shows it', async () => {
    const endpoint = await world.endpoint('pagerduty', 'in chat:#ops as pd secret=a-secret-of-theirs');
    const incident = anIncident('P9');
    await world.deliver(endpoint, incident.triggered());
    await world.settled();
    await world.deliver(endpoint, incident.acknowledged());
    await world.settled();
    const { text, reasons } = await ask(endpoint);
    assert.deepEqual(brief(reasons), [...one('elsewhere'), ...one('posted')]);
    assert.match(
      text,
      /In another message.*edited to show it, and an edit notifies nobody\. Look at the message of 2/s,
    );
  });

  it('says that a roll-up shows it', async () => {
    const endpoint = await anEndpoint();
    chat.hold('ops');
    for (let number = 0; number < 14; number++)
      await world.deliver(endpoint, aPush({ message: `Flood ${number}`, repository: 'acme/flood' }));
    await world.app.relay.decider.idle();
    chat.release('ops');
    await world.settled();
    const { text, reasons } = await ask(endpoint);
    assert.ok((reasons.find(({ reason }) => reason === 'rolled_up')?.events ?? 0) > 5, text);
    assert.match(text, /In a roll-up in Chat #ops.*more than the channel can carry/s);
  });

  it('tells what the channel did not exist for yet', async () => {
    const endpoint = await anEndpoint();
    await push(endpoint, 'Early');
    await world.type(`/webhook route ${endpoint.name} add #dev`);
    const { text } = await world.type(`/webhook why not ${endpoint.name}`, { channel: 'dev' });
    assert.match(text, /No route yet: 1 event.*route was added after the event arrived/s);
  });

  it('without a number is for the channel it is typed in', async () => {
    const nobody = await world.type('/webhook why', { channel: 'lobby' });
    assert.match(nobody.text, /no event in this channel lately\. No endpoint has a route to this channel/);
    const endpoint = await world.endpoint('github', 'in #hall as hall');
    const quiet = await world.type('/webhook why', { channel: 'hall' });
    assert.match(quiet.text, /Endpoints with a route to this channel:.*hall.*nothing has arrived/s);
    const asked = await world.click(quiet, /^Why not hall$/, { channel: 'hall' });
    assert.match(asked.text, /Nothing arrived at hall/);
    await push(endpoint, 'In the hall');
    assert.match((await world.type('/webhook why', { channel: 'hall' })).text, /In the hall/);
  });
});

describe('what a channel keeps for later', () => {
  it('is named with what keeps it: quiet hours, and a mute while something else fires', async () => {
    await using world = await aMuteWorld('2026-01-05T20:00:00Z');
    const alerts = await world.endpoint('alertmanager', 'in #ops as alerts');
    await world.type('/webhook route alerts add #ops quiet=22:00-07:00 except severity>=error zone=UTC');
    await world.at('2026-01-05T23:00:00Z');
    await world.send(alerts, anAlert('SlowPages', 'firing', 'warning'));
    const quiet = await world.type('/webhook why not alerts');
    assert.match(
      quiet.text,
      /Kept for later in #ops: 1 event.*Kept until the quiet hours end.*The channel shows it later\. Replay posts it now\./s,
    );
    assert.deepEqual(
      (quiet.data.reasons as readonly { reason: string }[]).map(({ reason }) => reason),
      ['held'],
    );
    assert.ok(!quiet.message.actions.some(({ label }) => label === 'Unmute'));

    const web = await world.endpoint('alertmanager', 'in #web as web');
    await world.type('/webhook mute web severity=critical while alerts is firing');
    await world.send(web, anAlert('Timeouts'));
    const held = await world.type('/webhook why not web', { channel: 'web' });
    assert.match(held.text, /Muted in #web: 1 event.*It would be posted without the mute of Mona\./s);
    assert.ok(held.message.actions.some(({ label }) => label === 'Unmute'));
  });
});

describe('a message that somebody deleted', () => {
  const notAt = async (world: World) => (await world.type('/webhook why not api', { channel: 'elsewhere' })).text;

  it('is known as deleted on Slack', async () => {
    const { world, slack, close } = await aSlack('sockets');
    try {
      const endpoint = await world.endpoint('github', 'in slack:#ops as api');
      await world.deliver(endpoint, aPush({ message: 'Soon gone' }));
      await world.settled();
      assert.match(await notAt(world), /Posted in/);
      slack.workspace.messages.length = 0;
      assert.match(await notAt(world), /deleted there/);
    } finally {
      await close();
    }
  });

  it('is known as deleted on Discord', async () => {
    const { world, discord, close } = await aDiscord('gateway');
    try {
      const endpoint = await world.endpoint('github', 'in discord:#ops as api');
      await world.deliver(endpoint, aPush({ message: 'Soon gone' }));
      await world.settled();
      assert.match(await notAt(world), /Posted in/);
      discord.removeMessage(discord.messages('ops').at(-1)?.id ?? '');
      assert.match(await notAt(world), /deleted there/);
    } finally {
      await close();
    }
  });
});
