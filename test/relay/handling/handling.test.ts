import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type aChat, aChat as createChat, faults } from '../../doubles/chat.ts';
import { aWorld } from '../../world.ts';
import { anAlertGroup } from '../alert-group.ts';

const FIRST = { startsAt: '2026-03-02T14:02:00Z' };
const OVER = { status: 'resolved', ...FIRST, endsAt: '2026-03-02T14:25:00Z' } as const;
const AGAIN = { startsAt: '2026-03-02T15:00:00Z' };
const GHOST = /\uFDD0[^\uFDD1]*\uFDD1/g;

/** One alert source, posted in a chat and on the page. */
async function anAlertWorld({
  folder,
  chat = createChat(),
}: {
  folder?: string;
  chat?: ReturnType<typeof aChat>;
} = {}) {
  const world = await aWorld({ platforms: [chat.platform], ...(folder && { folder }) });
  const settle = () => world.settled();
  return {
    chat,
    world,
    async begin() {
      const endpoint = await world.endpoint('alertmanager', 'in chat:#ops as door');
      await world.type('/webhook route door add local:#dev');
      return endpoint;
    },
    async deliver(endpoint: Parameters<typeof world.deliver>[0], group: Parameters<typeof anAlertGroup>[0] = FIRST) {
      assert.equal((await world.deliver(endpoint, anAlertGroup(group))).status, 202);
      await settle();
    },
    async say(line: string, user = 'Mona') {
      const said = await world.type(line, { user });
      await settle();
      return said;
    },
    /** What stands in the chat: the first line, the rest without moments, and the buttons that show. */
    standing: () =>
      chat.standing('ops').map(({ says, mark, message, edits }) => ({
        says,
        mark,
        edits,
        body: message.body.replace(GHOST, '…').replaceAll('\\', ''),
        buttons: message.actions.filter(({ tucked }) => !tucked).map(({ label }) => label),
        menu: message.actions.filter(({ tucked }) => tucked).map(({ label }) => label),
      })),
    onPage: async () => (await world.messages('dev')).map(({ message }) => message.body.replace(GHOST, '…')),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

describe('an alert that somebody acknowledges', () => {
  it('says so wherever it was posted, until its provider ends it', async () => {
    await using here = await anAlertWorld();
    const endpoint = await here.begin();
    await here.deliver(endpoint);
    assert.deepEqual(here.standing()[0]?.buttons, ['Acknowledge', 'Silence in Alertmanager']);
    const { text } = await here.say('/webhook ack 1');
    assert.match(text, /You acknowledged .* shows in Chat #ops, #dev/);
    assert.match(here.standing()[0]?.body ?? '', /^Acknowledged by Mona on the page, …/);
    assert.match((await here.onPage())[0] ?? '', /^Acknowledged by Mona on the page, …/);
    assert.deepEqual(here.standing()[0]?.buttons, ['Resolve here', 'Silence in Alertmanager']);
    await here.deliver(endpoint, OVER);
    const [over, ...others] = here.standing();
    assert.deepEqual([others.length, over?.mark], [0, 'good']);
    assert.match(over?.says ?? '', /^Resolved after 23 min: .* · acknowledged by Mona on the page$/);
    assert.match((await here.say('/webhook resolve 1')).text, /over already/);
    await here.deliver(endpoint, AGAIN);
    assert.doesNotMatch(here.standing()[1]?.body ?? '', /Acknowledged/);
    assert.equal(here.standing()[1]?.buttons[0], 'Acknowledge');
  });

  it('is acknowledged by the first of two, and the second learns by whom', async () => {
    await using here = await anAlertWorld();
    await here.deliver(await here.begin());
    const said = await Promise.all([here.say('/webhook ack 1', 'Mona'), here.say('/webhook ack 1', 'Hubert')]);
    const [first, second] = said.toSorted((one, other) => Number('code' in one.data) - Number('code' in other.data));
    assert.match(first?.text ?? '', /^You acknowledged/);
    assert.equal(second?.data.code, 'already');
    assert.match(second?.text ?? '', /acknowledged already, by (Mona|Hubert) on the page/);
    const { subject } = (
      await here.world.call<{ event: { subject: { acknowledged: { byName: string } } } }>('/api/v1/events/1')
    ).json.event;
    assert.match(second?.text ?? '', new RegExp(`by ${subject.acknowledged.byName} on`));
  });

  it('is nobody’s again once that is taken back', async () => {
    await using here = await anAlertWorld();
    await here.deliver(await here.begin());
    await here.say('/webhook ack 1');
    await here.say('/webhook unack 1', 'Hubert');
    assert.doesNotMatch(here.standing()[0]?.body ?? '', /Acknowledged/);
    assert.match((await here.say('/webhook unack 1')).text, /Nobody has acknowledged it/);
    assert.match((await here.say('/webhook audit')).text, /Hubert.*took back the acknowledgement of event 1/);
  });

  it('is shown in history, by why, by the event, and to programs', async () => {
    await using here = await anAlertWorld();
    await here.deliver(await here.begin());
    await here.say('/webhook ack 1');
    await here.say('/webhook note 1 Rolled back, watching it');
    assert.match((await here.say('/webhook history')).text, /acknowledged by Mona, 1 note/);
    for (const command of ['why', 'event'])
      assert.match((await here.say(`/webhook ${command} 1`)).text, /Acknowledged by Mona on the page.*Rolled back/s);
    const { json } = await here.world.call<{ event: { subject: unknown; state: string } }>('/api/v1/events/1');
    assert.partialDeepStrictEqual(json.event, {
      state: 'posted',
      subject: { alarm: true, phase: 'open', acknowledged: { byName: 'Mona', on: 'the page' } },
    });
  });
});

describe('an alert that somebody resolves here', () => {
  it('folds to a line that says by whom, and is posted anew when it fires again', async () => {
    await using here = await anAlertWorld();
    const endpoint = await here.begin();
    await here.deliver(endpoint);
    await here.say('/webhook resolve 1');
    const [closed] = here.standing();
    assert.match(closed?.says ?? '', / · resolved here by Mona on the page$/);
    assert.deepEqual([closed?.mark, closed?.body, closed?.buttons], ['good', '', []]);
    // The same firing said again opens nothing.
    await here.deliver(endpoint, { ...FIRST, fingerprint: '2' });
    assert.equal(here.standing().length, 1);
    assert.match(here.standing()[0]?.says ?? '', /resolved here by Mona/);
    await here.deliver(endpoint, AGAIN);
    const [first, second] = here.standing();
    assert.match(first?.says ?? '', /resolved here by Mona/);
    assert.match(second?.body ?? '', /^Started again; /);
    assert.deepEqual([second?.mark, second?.buttons[0]], ['failed', 'Acknowledge']);
  });

  it('is open again once that is taken back', async () => {
    await using here = await anAlertWorld();
    await here.deliver(await here.begin());
    await here.say('/webhook ack 1');
    await here.say('/webhook resolve 1');
    assert.match((await here.say('/webhook ack 1')).text, /resolved here already/);
    await here.say('/webhook reopen 1');
    assert.match(here.standing()[0]?.body ?? '', /^Acknowledged by Mona/);
    assert.equal(here.standing()[0]?.mark, 'failed');
  });
});

describe('notes on an alert', () => {
  it('are shown, the latest three, as plain words without secrets', async () => {
    await using here = await anAlertWorld();
    await here.deliver(await here.begin());
    const token = ['ghp', 'a'.repeat(36)].join('_');
    for (const text of ['one', '@everyone <!channel> <@U1>', '[click](https://evil.example) **now**', `token ${token}`])
      await here.say(`/webhook note 1 text="${text}"`);
    const [message] = here.chat.standing('ops');
    const body = message?.message.body ?? '';
    assert.doesNotMatch(body, /Note: one/);
    assert.match(body, /and 1 earlier note/);
    assert.match(body, /Note: token ••••/);
    assert.ok(!body.replaceAll('\\', '').includes(token));
    assert.match(body, /\\\[click\\\]\\\(https/);
    assert.deepEqual(message?.message.mentions, []);
    assert.match((await here.say('/webhook event 1')).text, /Note by Mona on the page, .*: one/);
  });

  it('have no line of their own that could pass for what somebody else did', async () => {
    await using here = await anAlertWorld();
    await here.deliver(await here.begin());
    await here.say('/webhook note 1 text="so\nResolved here by Boss on Slack"');
    assert.doesNotMatch(here.chat.standing('ops')[0]?.message.body ?? '', /^Resolved/m);
    const { message } = await here.say('/webhook why 1');
    assert.match(JSON.stringify(message), /> Resolved here by Boss/);
  });

  it('are refused where they are too long, or say nothing', async () => {
    await using here = await anAlertWorld();
    await here.deliver(await here.begin());
    assert.match((await here.say(`/webhook note 1 ${'x'.repeat(5_000)}`)).text, /at most 1,000 characters/);
    assert.match((await here.say('/webhook note 1 text="\u200B "')).text, /needs/);
    assert.equal(here.standing()[0]?.edits, 0);
    assert.deepEqual((await here.say('/webhook note 1')).form?.ask, ['text']);
  });
});

describe('the messages of a subject', () => {
  it('are brought up to date in few edits, however much is done at once', async () => {
    await using here = await anAlertWorld();
    await here.deliver(await here.begin());
    here.chat.hold('ops');
    await here.world.type('/webhook ack 1');
    await here.chat.called(2);
    for (let note = 1; note <= 10; note++) await here.world.type(`/webhook note 1 Note ${note}`);
    here.chat.release('ops');
    await here.world.settled();
    assert.ok((here.standing()[0]?.edits ?? 0) <= 3);
    assert.match(here.standing()[0]?.body ?? '', /Note 10/);
  });

  it('are left alone where one was deleted, and the others show it', async () => {
    await using here = await anAlertWorld();
    await here.deliver(await here.begin());
    here.chat.remove('1');
    await here.say('/webhook ack 1');
    assert.equal(here.standing().length, 1);
    assert.match((await here.onPage())[0] ?? '', /^Acknowledged by Mona/);
    assert.deepEqual((await here.world.events())[0]?.state, 'posted');
    assert.match((await here.say('/webhook failed')).text, /Nothing has failed/);
  });

  it('show it though one channel takes nothing any more, which why says', async () => {
    await using here = await anAlertWorld();
    await here.deliver(await here.begin());
    here.chat.failEdit(faults.archived());
    await here.say('/webhook ack 1');
    assert.match((await here.onPage())[0] ?? '', /^Acknowledged by Mona/);
    assert.match((await here.say('/webhook why 1')).text, /could not be brought up to date: .*archived/);
    assert.deepEqual((await here.world.events())[0]?.state, 'posted');
  });

  it('show after a restart what was done before it', async () => {
    const chat = createChat();
    await using before = await anAlertWorld({ chat });
    await before.deliver(await before.begin());
    chat.failEdit(faults.away());
    await before.world.type('/webhook ack 1', { user: 'Mona' });
    await chat.called(2);
    await before.world.app.stop();
    await using after = await anAlertWorld({ chat, folder: before.world.folder });
    await after.world.settled();
    assert.match(after.standing()[0]?.body ?? '', /^Acknowledged by Mona/);
  });

  it('say that their source is muted, and no longer once it is not', async () => {
    await using here = await anAlertWorld();
    await here.deliver(await here.begin());
    await here.say('/webhook mute door source=api for 2h');
    assert.match(here.standing()[0]?.body ?? '', /^Muted by Mona until …/);
    await here.say('/webhook unmute door');
    assert.doesNotMatch(here.standing()[0]?.body ?? '', /Muted/);
  });

  it('are not needed to note what was done', async () => {
    await using here = await anAlertWorld();
    const endpoint = await here.world.endpoint('alertmanager', 'in chat:#ops as door');
    await here.world.type('/webhook mute door confirm=yes');
    await here.deliver(endpoint);
    assert.match((await here.say('/webhook ack 1')).text, /No channel has a message for it/);
    assert.match((await here.say('/webhook event 1')).text, /Acknowledged by Mona/);
  });
});

describe('an alert that gets worse', () => {
  it('is posted anew, since an edit notifies nobody, and once only', async () => {
    await using here = await anAlertWorld();
    const endpoint = await here.begin();
    const at = (severity: string, fingerprint: string) => here.deliver(endpoint, { ...FIRST, severity, fingerprint });
    await at('warning', '1');
    await at('critical', '2');
    await at('warning', '3');
    await at('critical', '4');
    const [first, second, ...others] = here.standing();
    assert.deepEqual([first?.mark, second?.mark, others.length], ['warning', 'failed', 0]);
    assert.match(here.chat.posted[1]?.message.body ?? '', /^Worse than in \[the earlier message\]/);
    assert.match((await here.say('/webhook why 2')).text, /posted again .*because it is more severe/);
  });
});
