import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aWorld } from '../../world.ts';
import { aMail, aSendgridEndpoint } from './sendgrid.ts';

const MAILS = [aMail('delivered', 'one'), aMail('bounce', 'two'), aMail('open', 'three')];

describe('several events in one delivery', () => {
  it('are one delivery and one answer, and each has a message, a line of history and a reason of its own', async () => {
    await using world = await aWorld();
    const endpoint = await aSendgridEndpoint(world);
    const response = await world.deliver(endpoint, { payload: MAILS });
    assert.equal(response.status, 202);
    const answer = (await response.json()) as { event: string; events: readonly string[] };
    assert.deepEqual([answer.events.length, answer.events[0]], [3, answer.event]);
    await world.settled();

    const events = (await world.events()).toReversed();
    assert.deepEqual(
      events.map(({ type, deliveryId, state }) => [type, deliveryId, state]),
      [
        ['delivered', 'one', 'posted'],
        ['bounce', 'two', 'posted'],
        ['open', 'three', 'posted'],
      ],
    );
    const messages = await world.messages();
    assert.deepEqual(
      ['one@', 'two@', 'three@'].map((address) => messages.filter(({ text }) => text.includes(address)).length),
      [1, 1, 1],
      JSON.stringify(messages.map(({ text }) => text)),
    );
    assert.match(
      (await world.type('/webhook history mail')).text,
      /three.*event 3 of 3[\s\S]*event 2 of 3[\s\S]*event 1 of 3/,
    );
    const { text } = await world.type('/webhook why two');
    assert.match(text, /event 2 of 3 in its delivery/);
    assert.match(text, /verified by the secret/);
    assert.match(text, /posted/);
  });

  it('are each shown with their own payload, and the whole delivery on request', async () => {
    await using world = await aWorld();
    const endpoint = await aSendgridEndpoint(world);
    await world.deliver(endpoint, { payload: MAILS });
    await world.settled();
    const [, second] = (await world.events()).toReversed();
    const own = await world.type(`/webhook payload ${second?.id}`);
    assert.deepEqual(JSON.parse(String(own.data.text)), [MAILS[1]]);
    const whole = await world.click(own, /Whole delivery/);
    assert.deepEqual(JSON.parse(String(whole.data.text)), MAILS);
    assert.match((await world.type(`/webhook event ${second?.id}`)).text, /event 2 of 3/i);

    const { json } = await world.call<{ event: { part: { batch: string }; body: { text: string }; curl: string } }>(
      `/api/v1/events/${second?.id}`,
    );
    assert.deepEqual({ ...json.event.part, batch: '' }, { number: 2, of: 3, batch: '' });
    assert.deepEqual(JSON.parse(json.event.body.text), [MAILS[1]]);
    assert.match(json.event.curl, /two@/);
    assert.doesNotMatch(json.event.curl, /one@/);
    const delivery = await world.call<{ body: { text: string } }>(`/api/v1/events/${second?.id}/delivery`);
    assert.deepEqual(JSON.parse(delivery.json.body.text), MAILS);
    assert.equal((await world.events(`batch=${json.event.part.batch}&type=bounce`)).length, 1);
  });

  it('are posted again one by one', async () => {
    await using world = await aWorld();
    const endpoint = await aSendgridEndpoint(world);
    await world.deliver(endpoint, { payload: MAILS });
    await world.settled();
    const before = (await world.messages()).length;
    const [, second] = (await world.events()).toReversed();
    await world.type(`/webhook replay ${second?.id}`);
    await world.settled();
    const after = await world.messages();
    assert.equal(after.filter(({ text }) => text.includes('two@')).length, 2, JSON.stringify([before, after.length]));
  });

  it('are a repeat together', async () => {
    await using world = await aWorld();
    const endpoint = await aSendgridEndpoint(world);
    const send = async () => (await world.deliver(endpoint, { payload: MAILS })).status;
    assert.deepEqual([await send(), await send()], [202, 200]);
    assert.equal((await world.events()).length, 3);
  });

  it('are each a repeat, however they are put together the next time', async () => {
    await using world = await aWorld();
    const endpoint = await aSendgridEndpoint(world);
    const [first, second, third] = MAILS;
    const send = async (...payload: readonly unknown[]) => (await world.deliver(endpoint, { payload })).status;
    assert.deepEqual(
      [
        await send(first),
        await send(first, second),
        await send(second, first),
        await send(second),
        await send(third, second),
      ],
      [202, 202, 200, 200, 202],
    );
    assert.deepEqual(
      (await world.events()).map(({ deliveryId }) => deliveryId),
      ['three', 'two', 'one'],
    );
  });

  it('are two events where they are equal and nothing names them', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('generic');
    const tick = { event: 'tick', at: '2026-05-01T10:00:00Z' };
    await fetch(url, { method: 'POST', body: JSON.stringify([tick, tick]) });
    assert.equal((await world.events()).length, 2);
  });
});

describe('two messages of PagerDuty in one delivery', () => {
  it('are two messages in chat, of two incidents', async () => {
    await using world = await aWorld();
    const secret = 'a-secret-of-the-sender-1234567890';
    const endpoint = { ...(await world.endpoint('pagerduty', `in #ops secret=${secret}`)), secret };
    const messages = [
      { id: 'm-1', event: 'incident.trigger', incident: { id: 'P1', title: 'The roof leaks', status: 'triggered' } },
      { id: 'm-2', event: 'incident.resolve', incident: { id: 'P2', title: 'The door jams', status: 'resolved' } },
    ];
    assert.equal((await world.deliver(endpoint, { payload: { messages } })).status, 202);
    await world.settled();
    assert.deepEqual(
      (await world.events()).map(({ type, about }) => [type, about?.title]),
      [
        ['incident.resolve', 'Resolved: The door jams'],
        ['incident.trigger', 'Triggered: The roof leaks'],
      ],
    );
    assert.equal((await world.messages()).length, 2);
    assert.equal((await world.deliver(endpoint, { payload: { messages: messages.slice(1) } })).status, 200);
  });
});
