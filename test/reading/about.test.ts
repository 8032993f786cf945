import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toMoment } from '../../src/core/text/moment.ts';
import { readWhole } from './read-whole.ts';

const about = (payload: unknown) => readWhole(payload).about;

describe('who did it', () => {
  for (const [payload, actor] of [
    [{ title: 'Lamp', user: { first_name: 'Ada', last_name: 'Lovelace' } }, 'Ada Lovelace'],
    [{ title: 'Lamp', sender: { login: 'ada' } }, 'ada'],
    [{ title: 'Lamp', changed_by: 'Ada L' }, 'Ada L'],
    [{ title: 'Lamp', actor: { displayName: 'Ada L', emailAddress: 'ada@lamps.example' } }, 'Ada L'],
    [{ title: 'Lamp', deployed_by: { email: 'ada@lamps.example' } }, 'ada@lamps.example'],
    [{ title: 'Lamp', triggered_by: 'system' }, undefined],
    [{ title: 'Lamp', user: 4711 }, undefined],
    [{ title: 'Lamp', repository: { name: 'house', owner: { login: 'acme' } } }, undefined],
    [{ text: 'Lamp', username: 'lampbot', icon_emoji: ':bulb:' }, undefined],
  ] as const)
    it(`is ${actor ?? 'nobody'} in ${JSON.stringify(payload)}`, () => assert.equal(about(payload).actor, actor));
});

describe('where it happened', () => {
  it('is the project, repository or service, and the environment a label', () => {
    const payload = { event: 'deploy.finished', repository: { full_name: 'acme/house' }, env: 'production' };
    assert.equal(about(payload).source, 'acme/house');
    assert.equal(about(payload).labels?.environment, 'production');
    assert.equal(about({ title: 'Slow', service: 'kitchen' }).source, 'kitchen');
  });
});

describe('what it is about', () => {
  it('is named the same in each event of its life', () => {
    const life = ['ticket.created', 'ticket.escalated', 'ticket.closed'].map(
      (event) => about({ event, ticket: { id: 88, subject: event } }).subject,
    );
    assert.deepEqual(life, ['ticket:88', 'ticket:88', 'ticket:88']);
  });

  it('is no person who only has to do with it', () => {
    assert.equal(about({ amount: 5, status: 'failed', customer: { id: 'cus_1', name: 'Ada' } }).subject, undefined);
  });
});

describe('when it happened', () => {
  for (const [value, moment] of [
    [1_777_629_600, '2026-05-01T10:00:00.000Z'],
    ['1777629600', '2026-05-01T10:00:00.000Z'],
    [1_777_629_600.5, '2026-05-01T10:00:00.500Z'],
    [1_777_629_600_123, '2026-05-01T10:00:00.123Z'],
    [1_777_629_600_123_456, '2026-05-01T10:00:00.123Z'],
    [1_777_629_600_123_456_789n, '2026-05-01T10:00:00.123Z'],
    ['2026-05-01T12:00:00+02:00', '2026-05-01T10:00:00.000Z'],
    ['2026-05-01 10:00:00', '2026-05-01T10:00:00.000Z'],
    ['20260501100000', '2026-05-01T10:00:00.000Z'],
    ['Fri, 01 May 2026 12:00:00 +0200', '2026-05-01T10:00:00.000Z'],
    ['Fri May 01 2026 10:00:00 GMT+0000 (Coordinated Universal Time)', '2026-05-01T10:00:00.000Z'],
    ['/Date(1777629600000)/', '2026-05-01T10:00:00.000Z'],
    ['20260501T120000+0200', '2026-05-01T10:00:00.000Z'],
    ['20260501T100000Z', '2026-05-01T10:00:00.000Z'],
    ['0001-01-01T00:00:00Z', undefined],
    ['1970-01-01T00:00:00Z', undefined],
    ['05/01/2026', undefined],
    ['yesterday', undefined],
    [5, undefined],
    ['99999999999999', undefined],
  ] as const)
    it(`is ${moment ?? 'unknown'} for ${String(value)}`, () => {
      assert.equal(toMoment(value), moment);
    });

  it('is when the event happened, not when something in it began or will end', () => {
    const payload = {
      title: 'Door opened',
      created_at: '2020-01-01T00:00:00Z',
      timestamp: '2026-05-01T10:00:00Z',
      due_date: '2027-01-01',
      closed_at: '0001-01-01T00:00:00Z',
    };
    assert.equal(about(payload).occurredAt, '2026-05-01T10:00:00.000Z');
  });
});
