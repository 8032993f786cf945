import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aWorld, type Endpoint, type World } from '../../world.ts';
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

/** For each sender a delivery of several, and the types of its events. */
const SENDERS: Readonly<Record<string, readonly [payload: unknown, types: readonly string[]]>> = {
  hubspot: [
    [
      { eventId: 1, subscriptionType: 'contact.creation', portalId: 5, objectId: 7 },
      { eventId: 2, subscriptionType: 'deal.deletion', portalId: 5, objectId: 8 },
    ],
    ['contact.creation', 'deal.deletion'],
  ],
  xero: [
    {
      events: [
        { eventCategory: 'INVOICE', eventType: 'CREATE', resourceId: 'a', tenantId: 't' },
        { eventCategory: 'CONTACT', eventType: 'UPDATE', resourceId: 'b', tenantId: 't' },
      ],
      firstEventSequence: 1,
      lastEventSequence: 2,
    },
    ['INVOICE.CREATE', 'CONTACT.UPDATE'],
  ],
  quickbooks: [
    {
      eventNotifications: [
        {
          realmId: '1',
          dataChangeEvent: {
            entities: [
              { name: 'Customer', id: '1', operation: 'Create' },
              { name: 'Vendor', id: '2', operation: 'Update' },
            ],
          },
        },
        { realmId: '2', dataChangeEvent: { entities: [{ name: 'Invoice', id: '3', operation: 'Void' }] } },
      ],
    },
    ['Customer.Create', 'Vendor.Update', 'Invoice.Void'],
  ],
  pagerduty: [
    {
      messages: [
        { id: 'm-1', event: 'incident.trigger', incident: { id: 'P1', title: 'The roof leaks', status: 'triggered' } },
        { id: 'm-2', event: 'incident.resolve', incident: { id: 'P2', title: 'The door jams', status: 'resolved' } },
      ],
    },
    ['incident.trigger', 'incident.resolve'],
  ],
  okta: [
    {
      eventId: 'e-1',
      eventType: 'com.okta.event_hook',
      data: { events: [{ eventType: 'user.session.start' }, { eventType: 'user.session.end' }] },
    },
    ['user.session.start', 'user.session.end'],
  ],
  'auth0-log-streams': [
    [
      { log_id: 'l-1', data: { type: 's', user_name: 'ann' } },
      { log_id: 'l-2', data: { type: 'f', user_name: 'bob' } },
    ],
    ['s', 'f'],
  ],
  'azure-event-grid': [
    [
      { id: '1', eventType: 'Microsoft.Storage.BlobCreated', subject: '/a', topic: '/t' },
      { id: '2', eventType: 'Microsoft.Storage.BlobDeleted', subject: '/a', topic: '/t' },
    ],
    ['Microsoft.Storage.BlobCreated', 'Microsoft.Storage.BlobDeleted'],
  ],
  'cloudevents-webhook': [
    [
      { specversion: '1.0', id: '1', source: '/a', type: 'lamp.lit' },
      { specversion: '1.0', id: '1', source: '/b', type: 'lamp.out' },
    ],
    ['lamp.lit', 'lamp.out'],
  ],
  line: [
    {
      destination: 'U1',
      events: [
        { type: 'follow', webhookEventId: 'w-1', source: { userId: 'u' } },
        { type: 'message', webhookEventId: 'w-2', source: { userId: 'u' } },
      ],
    },
    ['follow', 'message'],
  ],
  meta: [
    {
      object: 'page',
      entry: [
        {
          id: '1',
          changes: [
            { field: 'feed', value: { verb: 'add' } },
            { field: 'mention', value: {} },
          ],
        },
        { id: '2', messaging: [{ message: { text: 'Hello' } }] },
      ],
    },
    ['page.feed', 'page.mention', 'page.messaging'],
  ],
  whatsapp: [
    {
      object: 'whatsapp_business_account',
      entry: [
        {
          changes: [
            {
              field: 'messages',
              value: {
                messages: [
                  { id: 'a', from: '1' },
                  { id: 'b', from: '2' },
                ],
              },
            },
            {
              field: 'messages',
              value: {
                statuses: [
                  { id: 'c', status: 'sent' },
                  { id: 'c', status: 'read' },
                ],
              },
            },
          ],
        },
      ],
    },
    ['messages', 'messages', 'statuses', 'statuses'],
  ],
  asana: [
    {
      events: [
        { action: 'added', resource: { gid: '1', resource_type: 'task' } },
        { action: 'changed', resource: { gid: '2', resource_type: 'project' } },
      ],
    },
    ['task.added', 'project.changed'],
  ],
  generic: [
    [
      { event: 'lamp.lit', id: 1 },
      { event: 'lamp.out', id: 2 },
    ],
    ['lamp.lit', 'lamp.out'],
  ],
};

describe('events in a list', () => {
  it('have each the type that their sender gives them', async () => {
    await using world = await aWorld();
    for (const [provider, [payload, types]] of Object.entries(SENDERS)) {
      const response = await world.deliver(await anEndpoint(world, provider), { payload });
      assert.equal(response.status < 300, true, `${provider}: ${response.status}`);
      await world.settled();
      const events = (await world.events(`endpoint=${provider}`)).toReversed();
      assert.deepEqual(
        events.map(({ type, state }) => [type, state]),
        types.map((type) => [type, 'posted']),
        provider,
      );
    }
  });
});

/** An endpoint with a secret that deliveries can be signed with. */
async function anEndpoint(world: World, provider: string): Promise<Endpoint> {
  const secret = 'a-secret-of-the-sender-1234567890';
  const reply = await world.type(`/webhook new ${provider} secret=${secret}`);
  const endpoint = reply.data.endpoint ?? (await world.endpoint(provider));
  return { ...endpoint, secret: reply.data.endpoint && !endpoint.secret ? secret : endpoint.secret };
}
