import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../src/app/system-clock.ts';
import { anIncident } from '../chats/courses.ts';
import { aChat, faults } from '../doubles/chat.ts';
import { aWorld } from '../world.ts';
import { anAlertGroup } from './alert-group.ts';
import { aPullRequest } from './pull-request-course.ts';

async function aFollowedWorld({ provider = 'alertmanager', route = '', clock = systemClock } = {}) {
  const chat = aChat();
  const world = await aWorld({ platforms: [chat.platform], clock });
  const secret = provider === 'pagerduty' ? ' secret=a-secret-of-theirs' : '';
  const endpoint = await world.endpoint(provider, `in chat:#ops as door${secret}`);
  if (route) await world.type(`/webhook route door add chat:#ops ${route}`);
  return {
    chat,
    world,
    endpoint,
    async deliver(sending: Parameters<typeof world.deliver>[1]) {
      const { status } = await world.deliver(endpoint, sending);
      assert.equal(status, 202);
      await world.settled();
    },
    standing: () => chat.standing('ops'),
    /** Why the last event was posted as it was. */
    async why() {
      const [last] = await world.events('limit=1');
      return (await world.type(`/webhook why ${last?.id}`)).text;
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

describe('an alert that is followed by edits', () => {
  it('has one message, which folds to a line that says how long it took', async () => {
    await using here = await aFollowedWorld();
    await here.deliver(anAlertGroup());
    await here.deliver(anAlertGroup({ status: 'resolved', endsAt: '2026-03-02T14:25:00Z' }));
    const [message, ...others] = here.standing();
    assert.equal(others.length, 0);
    assert.equal(message?.edits, 1);
    assert.equal(message?.mark, 'good');
    // Its template says it in its own words, so the fold does not say it again.
    assert.match(message?.says ?? '', /^Resolved after 23 min: [^·]+$/);
    assert.equal(message?.message.body, '');
  });
});

const FIRST = { startsAt: '2026-03-02T14:02:00Z' };
const OVER = { status: 'resolved', ...FIRST, endsAt: '2026-03-02T14:25:00Z' } as const;
const AGAIN = { startsAt: '2026-03-02T15:00:00Z' };

describe('an alert', () => {
  it('that fires again after it was over is posted again, and leads back', async () => {
    await using here = await aFollowedWorld();
    await here.deliver(anAlertGroup(FIRST));
    await here.deliver(anAlertGroup(OVER));
    await here.deliver(anAlertGroup(AGAIN));
    const [first, second] = here.standing();
    assert.deepEqual([first?.mark, second?.mark, here.standing().length], ['good', 'failed', 2]);
    assert.match(
      second?.message.body ?? '',
      /^Started again; \[the earlier one\]\(<https:\/\/chat\.example\/ops\/1>\)/,
    );
    assert.match(await here.why(), /posted again .*because what the message of .* showed was over/);
  });

  it('that comes late opens nothing that is over', async () => {
    await using here = await aFollowedWorld();
    await here.deliver(anAlertGroup(OVER));
    await here.deliver(anAlertGroup(FIRST));
    assert.deepEqual(
      here.standing().map(({ mark, edits }) => [mark, edits]),
      [['good', 0]],
    );
    assert.match(await here.why(), /the message of .* shows what came later/);
  });

  it('that says the same again is counted on its message', async () => {
    await using here = await aFollowedWorld();
    for (let times = 1; times <= 4; times++) await here.deliver(anAlertGroup({ ...FIRST, fingerprint: `${times}` }));
    const [message, ...others] = here.standing();
    assert.deepEqual([others.length, message?.edits], [0, 3]);
    assert.match(message?.message.body ?? '', /^× 4, last /);
    assert.match(await here.why(), /counted on the message of .* which says the same/);
  });

  it('that says the same again is posted again once its message is old enough', async () => {
    await using here = await aFollowedWorld({ route: 'repeats=0s' });
    await here.deliver(anAlertGroup({ ...FIRST, fingerprint: '1' }));
    await here.deliver(anAlertGroup({ ...FIRST, fingerprint: '2' }));
    assert.equal(here.standing().length, 2);
    assert.match(here.standing()[1]?.message.body ?? '', /^Unchanged since \[the earlier message\]/);
  });

  it('that comes and goes has one message, which says how often it changed', async () => {
    await using here = await aFollowedWorld();
    for (let minute = 0; minute < 10; minute++) {
      const at = `2026-03-02T14:1${minute}:00Z`;
      const before = `2026-03-02T14:1${minute - 1}:00Z`;
      const group = minute % 2 ? ({ status: 'resolved', startsAt: before, endsAt: at } as const) : { startsAt: at };
      await here.deliver(anAlertGroup(group));
    }
    assert.equal(here.standing().length, 2);
    assert.match(here.standing()[1]?.says ?? '', /changed 9 times in 8 minutes/);
  });

  it('whose message was deleted is posted again', async () => {
    await using here = await aFollowedWorld();
    await here.deliver(anAlertGroup(FIRST));
    here.chat.remove('1');
    await here.deliver(anAlertGroup(OVER));
    const [, second] = here.standing();
    assert.equal(second?.mark, 'good');
    assert.match(await here.why(), /posted again .*because the message of .* can no longer be edited/);
  });

  it('is edited again where nobody knows whether it was', async () => {
    await using here = await aFollowedWorld();
    await here.deliver(anAlertGroup(FIRST));
    here.chat.failEdit(faults.silence(), { afterPosting: true });
    await here.deliver(anAlertGroup(OVER));
    assert.deepEqual(
      here.standing().map(({ mark, edits }) => [mark, edits]),
      [['good', 2]],
    );
    assert.equal(here.chat.lookups, 0);
  });

  it('has one line where firing and resolved waited together', async () => {
    await using here = await aFollowedWorld();
    here.chat.hold('ops');
    await here.world.deliver(here.endpoint, anAlertGroup({ name: 'Other' }));
    await here.chat.called(1);
    await here.world.deliver(here.endpoint, anAlertGroup(FIRST));
    await here.world.deliver(here.endpoint, anAlertGroup(OVER));
    await here.world.app.relay.decider.idle();
    here.chat.release('ops');
    await here.world.settled();
    const [, message, ...others] = here.standing();
    assert.deepEqual([others.length, message?.edits, message?.mark], [0, 0, 'good']);
    assert.match(message?.says ?? '', /after 23 min/);
    assert.deepEqual((await here.world.events('state=posted')).length, 3);
  });

  it('is one message in each channel, and one for each endpoint', async () => {
    await using here = await aFollowedWorld();
    await here.world.type('/webhook route door add chat:#dev');
    const other = await here.world.endpoint('alertmanager', 'in chat:#ops as other');
    await here.deliver(anAlertGroup(FIRST));
    await here.world.deliver(other, anAlertGroup(OVER));
    await here.world.settled();
    assert.deepEqual(
      here.standing().map(({ mark }) => mark),
      ['failed', 'good'],
    );
    assert.deepEqual(
      here.chat.standing('dev').map(({ mark }) => mark),
      ['failed'],
    );
  });

  it('is posted again on its own where a person asks for it', async () => {
    await using here = await aFollowedWorld();
    await here.deliver(anAlertGroup(FIRST));
    await here.world.type('/webhook replay 1');
    await here.world.settled();
    assert.deepEqual(
      here.standing().map(({ edits }) => edits),
      [0, 0],
    );
  });
});

describe('a pull request', () => {
  const provider = 'github';

  it('is followed in a thread, and its first message shows how it stands', async () => {
    await using here = await aFollowedWorld({ provider });
    const pull = aPullRequest();
    await here.deliver(pull.opened());
    await here.deliver(pull.reviewed());
    assert.match(here.standing()[0]?.message.body ?? '', /^Now: \*\*approved\*\*/);
    await here.deliver(pull.commented('Ship it'));
    assert.match(here.standing()[0]?.message.body ?? '', /^Now: \*\*approved\*\*/);
    await here.deliver(pull.merged());
    const [first, ...replies] = here.standing();
    assert.deepEqual(
      replies.map(({ thread, broadcast }) => [thread, broadcast]),
      Array(3).fill(['1', false]),
    );
    assert.match(first?.says ?? '', /^mona merged #12 Raise left-pad · after \d+ minutes$/);
    const before = first?.edits;
    await here.deliver(pull.commented('Thanks', 'closed'));
    assert.deepEqual([here.standing()[0]?.edits, here.standing().at(-1)?.thread], [before, '1']);
    assert.match(await here.why(), /replied in the thread of the message of/);
  });

  it('that is merged shows so in the channel where its route wants that', async () => {
    await using here = await aFollowedWorld({ provider, route: 'broadcast=end' });
    const pull = aPullRequest();
    for (const event of [pull.opened(), pull.commented('Ship it'), pull.merged()]) await here.deliver(event);
    assert.deepEqual(
      here.standing().map(({ broadcast }) => broadcast),
      [false, false, true],
    );
  });

  it('whose thread is locked is posted again', async () => {
    await using here = await aFollowedWorld({ provider });
    const pull = aPullRequest();
    await here.deliver(pull.opened());
    here.chat.remove('1');
    await here.deliver(pull.commented('Ship it'));
    await here.deliver(pull.commented('Now'));
    assert.deepEqual(
      here.standing().map(({ thread }) => thread),
      [undefined, undefined, '2'],
    );
  });

  it('is followed otherwise from the moment that its route says so', async () => {
    await using here = await aFollowedWorld({ provider });
    const pull = aPullRequest();
    await here.deliver(pull.opened());
    await here.deliver(pull.commented('One'));
    await here.world.type('/webhook route door add chat:#ops follow=edit');
    await here.deliver(pull.merged());
    assert.equal(here.standing().length, 2);
    assert.match(here.standing()[0]?.says ?? '', /merged/);
    await here.world.type('/webhook route door add chat:#ops follow=new');
    await here.deliver(pull.reopened());
    assert.equal(here.standing().length, 3);
  });

  it('has one reply for each event, though an answer was lost', async () => {
    await using here = await aFollowedWorld({ provider });
    const pull = aPullRequest();
    await here.deliver(pull.opened());
    here.chat.fail(faults.silence(), { afterPosting: true });
    await here.deliver(pull.commented('Ship it'));
    assert.deepEqual(
      here.standing().map(({ thread }) => thread),
      [undefined, '1'],
    );
    assert.deepEqual(
      here.chat.asked.map(({ thread }) => thread),
      ['1'],
    );
  });
});

describe('what is hard to follow', () => {
  it('is two subjects where two keys of 10 KB differ in their last letter alone', async () => {
    await using here = await aFollowedWorld();
    for (const last of ['a', 'b', 'a']) {
      const service = 'x'.repeat(10_000) + last;
      await here.deliver(anAlertGroup({ service, fingerprint: String(here.standing().length) }));
    }
    assert.equal(here.standing().length, 2);
  });

  it('is followed though the clock is set back by an hour', async () => {
    let offset = 0;
    const clock = { ...systemClock, now: () => new Date(Date.now() + offset) };
    await using here = await aFollowedWorld({ provider: 'pagerduty', clock });
    const { triggered, acknowledged, resolved } = anIncident();
    const undated = ({ headers, payload }: ReturnType<typeof triggered>) => {
      const { event } = payload as { readonly event: object };
      return { headers, payload: { event: { ...event, occurred_at: undefined } } };
    };
    await here.deliver(undated(triggered()));
    offset = -3_600_000;
    await here.deliver(undated(acknowledged()));
    await here.deliver(undated(resolved()));
    const [message, ...others] = here.standing();
    assert.deepEqual([others.length, message?.mark, message?.edits], [0, 'good', 2]);
    assert.doesNotMatch(message?.says ?? '', / · after /);
  });

  it('is posted though its endpoint was deleted while it waited', async () => {
    await using here = await aFollowedWorld();
    await here.deliver(anAlertGroup(FIRST));
    here.chat.hold('ops');
    await here.world.deliver(here.endpoint, anAlertGroup({ name: 'Other' }));
    await here.chat.called(2);
    await here.world.deliver(here.endpoint, anAlertGroup(OVER));
    await here.world.app.relay.decider.idle();
    await here.world.type('/webhook delete door confirm=yes');
    here.chat.release('ops');
    await here.world.settled();
    assert.equal((await here.world.events('state=posted')).length, 3);
    assert.deepEqual(
      here.standing().map(({ mark }) => mark),
      ['good', 'failed'],
    );
  });
});
