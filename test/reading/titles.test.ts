import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readWhole } from './read-whole.ts';

describe('a title', () => {
  for (const [payload, title] of [
    [{ event: 'lamp.broken', lamp: { name: 'Hall' } }, 'Lamp broken: Hall'],
    [
      { event: 'ticket.escalated', ticket: { number: 88, subject: 'Cold room' }, agent: { name: 'Ada' } },
      'Ada escalated ticket #88 Cold room',
    ],
    [{ monitor_name: 'Shop', status: 'DOWN' }, 'Shop is down'],
    [{ build: { name: 'api', number: 18, result: 'failure' } }, 'api #18: failure'],
    [{ project: { name: 'api' }, status: 'SUCCESS', qualityGate: { status: 'ERROR' } }, 'api: quality gate error'],
    [{ order: { name: 'A-12', payment_status: 'failed', status: 'created' } }, 'Order A-12: payment failed'],
    [{ task: 'Nightly import', success: false }, 'Nightly import failed'],
    [
      {
        action: { type: 'updateCard', data: { card: { name: 'Paint the door' } } },
        memberCreator: { fullName: 'Ada L' },
      },
      'Ada L updated card Paint the door',
    ],
    [
      {
        ref: 'refs/heads/main',
        pusher: { name: 'ada' },
        commits: [{ message: 'Oil the hinge\n\nIt squeaked.' }],
        repository: { name: 'door' },
      },
      'ada pushed to main: Oil the hinge',
    ],
    [
      {
        event: 'comment.created',
        comment: { body: 'Me too' },
        issue: { number: 4, title: 'Cold room' },
        user: { login: 'ada' },
      },
      'ada commented on #4 Cold room',
    ],
    [{ message: 'Backup of nas-1 finished\nin 5 s' }, 'Backup of nas-1 finished'],
    [{ event: 'ping' }, 'Ping'],
    [{ mr: { title: 'Oil the hinge', number: 7, state: 'merged' }, merged_by: 'ada' }, '#7 Oil the hinge merged'],
    [{ actor: 'ada', verb: 'invited', object: 'bo@mail.example' }, 'ada invited bo@mail.example'],
    [{ topic: 'lamps/created', lamp: { name: 'Hall' } }, 'Lamps created: Hall'],
    [{ topic: 'invoices/create', invoice: { number: 'A-7' } }, 'Invoice created: A-7'],
    [{ event: 'key.created', user: 'ada', note: 'for the night build' }, 'Key created: for the night build'],
    [
      { alertname: 'DiskFull', annotations: { summary: 'The disk of nas-1 is full' }, status: 'firing' },
      'The disk of nas-1 is full',
    ],
    [
      {
        steps: [
          { step: 'lint', status: 'passed' },
          { step: 'unit', status: 'failed' },
        ],
      },
      '2 steps: 1 failed, 1 passed',
    ],
    [
      {
        message: { data: btoa(JSON.stringify({ severity: 'ERROR', textPayload: 'Out of memory' })), messageId: '1' },
        subscription: 'projects/acme/subscriptions/door',
      },
      'Out of memory',
    ],
    [
      { action: 'sync', application: { metadata: { name: 'shop' }, spec: { project: 'main' } } },
      'Application synced: shop',
    ],
    [
      { 'detail-type': 'Lamp State-change Notification', source: 'acme.lamps', detail: { lamp: 'hall' } },
      'Lamp State-change Notification',
    ],
    [{ webhook: { event: 'row.updated', row: { id: 12, name: 'Octo' } } }, 'Row updated: Octo'],
    [{ event: 'deploy.finished', title: 'api 2.14 is live', service: 'api', status: 'success' }, 'api 2.14 is live'],
    [
      { event: 'user.created', data: { id: 'u_1', first_name: 'Ada', last_name: 'Lovelace' } },
      'User created: Ada Lovelace',
    ],
  ] as const)
    it(`of ${JSON.stringify(payload)} is “${title}”`, () => assert.equal(readWhole(payload).title, title));

  it('is the one headline of a text, whatever brackets stand before it', () => {
    for (const text of ['[Shop] certificate expires in 7 days', '<!here> Backup failed', '{prod} Deploy done'])
      assert.match(readWhole(text).title, /certificate expires|Backup failed|Deploy done/);
  });

  it('is no placeholder, no address and no number of a machine', () => {
    const { title } = readWhole({
      title: '{{alert.title}}',
      subject: 'https://lamps.example/7',
      name: 'a3f5b8c9d0e1f2a3b4c5d6e7',
      message: 'The lamp in the hall is broken',
    });
    assert.equal(title, 'The lamp in the hall is broken');
  });

  it('never begins with “Event”, even where a payload names nothing', () => {
    for (const payload of [{}, { a: 1 }, { event: 'event' }, { type: 'notification', id: 5 }, [], [1, 2], '', 5, null])
      assert.doesNotMatch(readWhole(payload).title, /^event/i, JSON.stringify(payload));
  });

  it('is one line, without markup, of at most 200 characters', () => {
    const { title } = readWhole({ title: `**Deploy** of <b>api</b>\n${'x'.repeat(400)}`, url: 'https://a.example' });
    assert.equal(title, 'Deploy of api');
    assert.ok(readWhole({ message: 'word '.repeat(400) }).title.length <= 200);
  });
});
