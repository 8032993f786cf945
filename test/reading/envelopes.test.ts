import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readBody, readWhole } from './read-whole.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const lamp = { event: 'lamp.broken', lamp: { name: 'Hall', number: 7 }, url: 'https://lamps.example/7' };
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

describe('what an event comes wrapped in', () => {
  for (const [name, payload] of [
    ['CloudEvents', { specversion: '1.0', id: 'a-1', source: '/lamps', type: 'com.acme.lamp.broken', data: lamp }],
    [
      'Pub/Sub with its data in Base64',
      { message: { data: base64(lamp), messageId: '1' }, subscription: 'projects/acme/subscriptions/s' },
    ],
    [
      'SNS with its JSON in a string',
      {
        Type: 'Notification',
        TopicArn: 'arn:aws:sns:eu-west-1:1:lamps',
        Message: JSON.stringify(lamp),
        Signature: 'x',
      },
    ],
    ['an envelope called event', { event: lamp }],
    ['several envelopes', { payload: { data: { body: lamp } } }],
    ['a list of one', [lamp]],
    ['a string of JSON', { data: JSON.stringify(lamp) }],
  ] as const)
    it(`${name} is taken off`, () => {
      const { title, url } = readWhole(payload);
      assert.match(title, /^Lamp broken: (?:#7 )?Hall/);
      assert.equal(url, 'https://lamps.example/7');
    });

  it('forms that carry JSON are taken off', () => {
    for (const field of ['payload', 'data', 'json'])
      assert.match(readBody(`${field}=${encodeURIComponent(JSON.stringify(lamp))}`, FORM).title, /^Lamp broken/);
    assert.match(
      readBody(`payload=${encodeURIComponent(JSON.stringify(lamp))}&token=abc123`, FORM).title,
      /^Lamp broken/,
    );
  });

  it('an envelope may be named after the event', () => {
    const { type, title } = readWhole({ 'ticket.escalated': { ticket: { subject: 'Cold room', number: 88 } } });
    assert.equal(type, 'ticket.escalated');
    assert.equal(title, 'Ticket escalated: #88 Cold room');
  });

  it('scalars that a database or a protocol wraps are themselves', () => {
    const { title, severity } = readWhole({
      fields: { name: { stringValue: 'Hall lamp' }, status: { stringValue: 'down' }, at: { $date: '2026-05-01' } },
    });
    assert.deepEqual([title, severity], ['Hall lamp is down', 'critical']);
  });
});

describe('several events in one delivery', () => {
  const checks = [
    { host: 'db-1', check: 'ping', status: 'up' },
    { host: 'db-2', check: 'ping', status: 'down' },
    { host: 'db-3', check: 'disk', status: 'down' },
  ];

  it('are one message: how many, in which states, and as severe as the most severe', () => {
    const { title, severity, message } = readWhole(checks);
    assert.deepEqual([title, severity], ['3 events: 2 down, 1 up', 'critical']);
    assert.match(message.body, /\| Host \| Status \| Check \|/);
    for (const { host } of checks) assert.match(message.body, new RegExp(host.replace('-', '.{0,2}-')));
  });

  it('may stand one in a line', () => {
    const body = checks.map((check) => JSON.stringify(check)).join('\n');
    assert.equal(readBody(body, { 'content-type': 'application/x-ndjson' }).title, '3 events: 2 down, 1 up');
  });

  it('may stand in a field of a form', () => {
    const { title, severity } = readBody(
      `mandrill_events=${encodeURIComponent(
        JSON.stringify([
          { event: 'delivered', msg: { subject: 'Your lamp', email: 'a@mail.example' } },
          { event: 'hard_bounce', msg: { subject: 'Your lamp', email: 'b@mail.example' } },
        ]),
      )}`,
      FORM,
    );
    assert.deepEqual([title, severity], ['2 events: 1 delivered, 1 hard bounce', 'warning']);
  });

  it('have no table where they differ in nothing that people read', () => {
    const { title, message } = readWhole(
      [1, 2, 3].map((id) => ({ eventId: id, subscriptionType: 'contact.creation', objectId: id })),
    );
    assert.match(title, /^3 events/);
    assert.doesNotMatch(message.body, /\|/);
  });

  it('share only what is the same in all of them', () => {
    const at = (host: string) => ({ host, environment: 'production', status: 'up' });
    const { about } = readWhole([at('db-1'), at('db-2')]);
    assert.equal(about.source, undefined);
    assert.equal(about.labels?.environment, 'production');
  });

  it('are not all shown, but the gravest always are', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      name: `check ${index}`,
      status: index === 33 ? 'down' : 'up',
    }));
    const { message, body } = readWhole(many);
    assert.match(body, /check 33/);
    assert.match(message.body, /\+ 32 more/);
  });
});
