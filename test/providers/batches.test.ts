import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import { toFreshDelivery } from '../../src/core/provider/fresh-delivery.ts';
import { nameBatch } from '../../src/core/provider/name-batch.ts';
import { providers } from '../world.ts';

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
  'adyen-payments': [
    {
      live: 'false',
      notificationItems: ['AUTHORISATION', 'CAPTURE'].map((eventCode) => ({
        NotificationRequestItem: { eventCode, pspReference: '8', success: 'true' },
      })),
    },
    ['AUTHORISATION', 'CAPTURE'],
  ],
  mandrill: [
    {
      mandrill_events: JSON.stringify([
        { event: 'send', _id: 'a' },
        { event: 'open', _id: 'b' },
      ]),
    },
    ['send', 'open'],
  ],
  sendgrid: [
    [
      { event: 'delivered', sg_event_id: 'a' },
      { event: 'bounce', sg_event_id: 'b' },
    ],
    ['delivered', 'bounce'],
  ],
  gocardless: [
    {
      meta: { webhook_id: 'w' },
      events: [
        { id: 'a', resource_type: 'payments', action: 'confirmed' },
        { id: 'b', resource_type: 'mandates', action: 'cancelled' },
      ],
    },
    ['payments.confirmed', 'mandates.cancelled'],
  ],
  'microsoft-graph': [
    { value: ['created', 'deleted'].map((changeType) => ({ changeType, resource: '/me/messages' })) },
    ['created', 'deleted'],
  ],
  pusher: [
    {
      time_ms: 1,
      events: [
        { name: 'channel_occupied', channel: 'a' },
        { name: 'member_added', channel: 'b' },
      ],
    },
    ['channel_occupied', 'member_added'],
  ],
  'zoho-desk': [
    [{ eventType: 'Ticket_Add' }, { eventType: 'Ticket_Update' }],
    ['Ticket_Add', 'Ticket_Update'],
  ],
  sparkpost: [
    [{ msys: { message_event: { type: 'delivery' } } }, { msys: { track_event: { type: 'open' } } }],
    ['delivery', 'open'],
  ],
  attio: [
    { webhook_id: 'w', events: [{ event_type: 'record.created' }, { event_type: 'note.deleted' }] },
    ['record.created', 'note.deleted'],
  ],
  klaviyo: [
    { meta: {}, data: [{ topic: 'event:klaviyo.sent_sms' }, { topic: 'event:klaviyo.clicked_sms' }] },
    ['event:klaviyo.sent_sms', 'event:klaviyo.clicked_sms'],
  ],
  ably: [
    { items: [{ source: 'channel.message' }, { source: 'channel.presence' }] },
    ['channel.message', 'channel.presence'],
  ],
  segment: [
    {
      batch: [
        { type: 'track', messageId: 'a' },
        { type: 'identify', messageId: 'b' },
      ],
    },
    ['track', 'identify'],
  ],
  generic: [
    [
      { event: 'lamp.lit', id: 1 },
      { event: 'lamp.out', id: 2 },
    ],
    ['lamp.lit', 'lamp.out'],
  ],
};

describe('a delivery of several events', () => {
  for (const [name, [payload, types]] of Object.entries(SENDERS))
    it(`is named event by event, each as if it came alone: ${name}`, () => {
      const provider = providers.get(name);
      assert.ok(provider);
      const parts = nameBatch(aDelivery(payload), provider, {})?.parts ?? [];
      assert.deepEqual(
        parts.map(({ type }) => type),
        types,
      );
      const keys = parts.map(({ repeatKey, deliveryId }) => repeatKey ?? deliveryId);
      assert.equal(new Set(keys).size, types.length, JSON.stringify(keys));
    });

  it('is sent as a sample with a new id for each of its events', () => {
    const provider = providers.get('auth0-log-streams');
    assert.ok(provider);
    const { method, body } = aDelivery(SENDERS['auth0-log-streams']?.[0]);
    const sample = { provider: 'auth0-log-streams', type: 'x', method, headers: {}, body };
    const context = { url: 'https://bellhop.example/in/token', options: {} };
    const fresh = toFreshDelivery({ sample, provider, secret: 'a secret', context, now: new Date() });
    const ids = (nameBatch(parseDelivery(fresh), provider, {})?.parts ?? []).map(({ deliveryId }) => deliveryId);
    assert.equal(new Set([...ids, 'l-1', 'l-2']).size, 4, JSON.stringify(ids));
  });

  it('is known for every provider that says where its events stand', () => {
    const known = [...providers].flatMap(([name, { events }]) => (events === undefined ? [] : [name]));
    assert.deepEqual(Object.keys(SENDERS).toSorted(), known.toSorted());
  });
});

function aDelivery(payload: unknown) {
  return parseDelivery({
    method: 'POST',
    url: '',
    headers: { 'content-type': 'application/json' },
    query: {},
    body: Buffer.from(JSON.stringify(payload)),
    receivedAt: new Date(),
    remoteAddress: '',
  });
}
