import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { aCommandWorld, ann, bob, boss, failureOf } from '../doubles/command-world.ts';
import { shaped } from '../reading/secret-shapes.ts';
import { runs } from '../runs.ts';
import { aWorld, type World } from '../world.ts';

/** All that anybody is shown of an event who is not to see its secrets: messages, notifications, drawings, commands, lists. */
async function allShown(world: World, id: string, logged: readonly string[]): Promise<string> {
  const replies = await Promise.all(
    [`payload ${id}`, `event ${id}`, `why ${id}`, `menu ${id} full=yes`, 'history'].map((text) =>
      world.type(`/webhook ${text}`),
    ),
  );
  return JSON.stringify([await world.messages(), await world.events(), replies, logged]).replace(/\\+/g, '');
}

describe('a secret that somebody put into a payload', () => {
  it('is shown nowhere and logged nowhere, whatever it is and wherever it stands', async () => {
    const logged: string[] = [];
    await using world = await aWorld({ log: (line) => logged.push(line) });
    const endpoint = await world.endpoint('generic', 'in #ops');
    const name = fc.stringMatching(/^[a-z][a-z_]{0,14}$/);
    const payload = fc.tuple(name, name, shaped).chain(([outer, inner, { text, secret }]) =>
      fc
        .constantFrom<unknown>(
          { [outer]: text },
          { event: 'lamp.broken', title: `The key ${text}`, [outer]: { [inner]: [text, { [inner]: text }] } },
          { [outer]: JSON.stringify({ [inner]: text }) },
          { [text]: outer },
          {
            event: 'lamp.broken',
            fields: [{ name: 'Key', value: text }],
            changes: { [inner]: { from: text, to: 'b' } },
          },
          text,
        )
        .map((given) => ({ given, secret, text: text.replace(/\n/g, ' ') })),
    );
    await fc.assert(
      fc.asyncProperty(payload, async ({ given, secret, text }) => {
        await world.deliver(endpoint, {
          payload: given,
          headers: { 'x-a-note': secret.includes('\n') ? 'none' : text },
        });
        await world.settled();
        const [last] = await world.events('limit=1');
        const shown = await allShown(world, last?.id ?? '', logged.splice(0));
        const place = shown.indexOf(secret.replace(/\\+/g, ''));
        assert.ok(place < 0, shown.slice(Math.max(0, place - 200), place + 100));
      }),
      { numRuns: runs(40) },
    );
  });

  it('is masked in `payload` by its name too, in pairs and in JSON within JSON', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic', 'in #ops');
    const payload = {
      title: 'Key made',
      smtp_pass: 'hunter2',
      login: { pin: 4711, ok: true, token: null },
      settings: [{ name: 'API_KEY', value: 'hunter2' }],
      inner: JSON.stringify({ recovery_codes: ['hunter2'], lamp: 'Hall' }),
      card: 4111111111111111,
    };
    await world.deliver(endpoint, { payload });
    const { data } = await world.type('/webhook payload 1');
    assert.deepEqual(JSON.parse(data.text as string), {
      title: 'Key made',
      smtp_pass: '••••',
      login: { pin: '••••', ok: true, token: null },
      settings: [{ name: 'API_KEY', value: '••••' }],
      inner: '{"recovery_codes":"••••","lamp":"Hall"}',
      card: '••••',
    });
  });

  it('is shown by `reveal` to an owner alone, and the audit keeps who looked', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic', 'in #ops');
    await world.deliver(endpoint, { payload: { title: 'Key made', password: 'hunter2' } });
    await world.deliver(endpoint, { payload: { title: 'Nothing to hide' } });
    const masked = await world.type('/webhook payload 1');
    assert.doesNotMatch(JSON.stringify(masked), /hunter2/);
    const revealed = await world.click(masked, /Reveal/);
    assert.match(revealed.text, /"password": "hunter2"/);
    assert.equal(revealed.visibleTo, 'caller');
    assert.match((await world.type('/webhook audit')).text, /looked at the unmasked payload of event 1/);
    const plain = await world.type('/webhook payload 2');
    assert.deepEqual(
      plain.message.actions.filter(({ label }) => /Reveal/.test(label)),
      [],
    );
  });
});

describe('/webhook reveal', () => {
  it('is for owners of the endpoint and for admins', async () => {
    const { say, anEndpoint, anEvent, journal } = await aCommandWorld();
    const { event } = await anEvent(await anEndpoint());
    assert.equal(failureOf(await say(`reveal ${event.id}`, bob)).code, 'forbidden');
    assert.equal((await journal.audit.list({ limit: 1 }))[0]?.action, 'new');
    assert.match((await say(`reveal ${event.id}`, ann)).message.body, /refs\/heads\/main/);
    await say(`reveal ${event.id}`, boss);
    const entries = await journal.audit.list({ limit: 2 });
    assert.deepEqual(
      entries.map(({ action, by }) => [action, by]),
      [
        ['reveal', 'local:boss'],
        ['reveal', 'local:ann'],
      ],
    );
  });

  it('shows nothing when the audit cannot keep that somebody looked', async () => {
    const { say, anEndpoint, anEvent, journal } = await aCommandWorld();
    const { event } = await anEvent(await anEndpoint());
    journal.audit.add = async () => {
      throw new Error('the disk is full');
    };
    assert.doesNotMatch(JSON.stringify(await say(`reveal ${event.id}`, ann)), /refs\/heads/);
  });
});
