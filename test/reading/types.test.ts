import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readWhole } from './read-whole.ts';

describe('the type of an event', () => {
  for (const [payload, type] of [
    [{ event: 'door.opened' }, 'door.opened'],
    [{ scope: 'store/order/created', data: { id: 5 } }, 'store/order/created'],
    [{ topic: 'lamp.switched_on' }, 'lamp.switched_on'],
    [{ kind: 'backup_finished' }, 'backup_finished'],
    [{ webhookEvent: 'sprint_started' }, 'sprint_started'],
    [{ action: { type: 'updateCard', data: {} } }, 'updateCard'],
    [{ meta: { event_name: 'subscription_paused' }, data: { id: 1 } }, 'subscription_paused'],
    [{ object: 'Ticket', action: 'escalated' }, 'Ticket.escalated'],
    [{ action: 'reopened', issue: { title: 'Cold room' } }, 'issue.reopened'],
  ] as const)
    it(`is read from ${JSON.stringify(payload)}`, () => assert.equal(readWhole(payload).type, type));

  it('is read from a header whose name says so', () => {
    for (const name of ['ce-type', 'x-lamp-event', 'x-shop-topic'])
      assert.equal(readWhole({ id: 5 }, { [name]: 'lamp.broken' }).type, 'lamp.broken', name);
  });

  it('is no word that any event could have, no number and no id', () => {
    for (const event of ['event', 'notification', 'webhook', 'message', 'true', '12345678', 'a3f5b8c9d0e1f2a3b4c5'])
      assert.equal(readWhole({ event, title: 'Lamp' }).type, 'event', event);
  });

  it('is taken off its sender in a title', () => {
    assert.equal(
      readWhole({ type: 'com.acme.lamp.broken', data: { lamp: { name: 'Hall' } } }).title,
      'Lamp broken: Hall',
    );
    assert.match(
      readWhole({ webhookEvent: 'tracker:issue_deleted', issue: { key: 'OPS-4' } }).title,
      /deleted.*OPS-4/i,
    );
  });

  it('may be named like what every object has', () => {
    for (const event of ['constructor', 'toString', '__proto__', 'has_own.property'])
      assert.ok(readWhole({ event, results: event, level: event }).title);
  });
});
