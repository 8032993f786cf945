import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readWhole } from './read-whole.ts';

const fields = (payload: unknown) => readWhole({ title: 'Lamp', ...(payload as object) }).fields;

describe('the facts that are shown', () => {
  it('are those that matter most, and at most four', () => {
    const shown = fields({
      sku: 'L-7',
      color: 'red',
      watts: 40,
      room: 'Hall',
      branch: 'main',
      error: 'No bulb',
      region: 'eu-west',
      assignee: { name: 'Ada' },
    });
    assert.equal(shown.length, 4);
    assert.deepEqual(shown.slice(0, 3), ['Branch: main', 'Region: eu-west', 'Assignee: Ada']);
  });

  it('are no ids, versions of an API, counters, zones, links or bookkeeping of the sender', () => {
    assert.deepEqual(
      fields({
        id: 55,
        uuid: '0d1c2b3a-1111-4222-8333-444455556666',
        api_version: '2024-01',
        watch_count: 4,
        date_zone: 'UTC',
        serial: 9,
        avatar_url: 'https://lamps.example/a',
        delivery_attempts: 2,
        created_at: '2026-05-01T10:00:00Z',
        etag: 'W/"1"',
        is_test: false,
        empty: '',
        nothing: null,
        none: 'null',
        hash: 'a3f5b8c9d0e1f2a3b4c5d6e7f8091a2b',
      }),
      [],
    );
  });

  it('are not what the message says already', () => {
    const { fields: shown, message } = readWhole({
      event: 'deploy.failed',
      title: 'Deploy of api to production failed',
      service: 'api',
      environment: 'production',
      status: 'failed',
      message: 'No space left',
      description: 'No space left',
    });
    assert.deepEqual(shown, []);
    assert.equal(message.body.match(/No space left/g)?.length, 1);
  });

  it('keep what a person is to the event', () => {
    assert.deepEqual(fields({ assignee: { login: 'ada', id: 4 }, customer: { name: 'ACME' } }), [
      'Customer: ACME',
      'Assignee: ada',
    ]);
  });

  it('say to whom mail went', () => {
    const { fields: shown, body } = readWhole({
      event: 'email.bounced',
      data: { from: 'Shop <shop@acme.example>', to: ['bob@mail.example'], subject: 'Your lamp' },
    });
    assert.deepEqual(shown, ['To: bob@mail.example']);
    assert.doesNotMatch(body, /→/);
  });

  it('never hold JSON', () => {
    const { body, fields: shown } = readWhole({
      title: 'Lamp',
      data: { a: { b: { c: [1, { d: 2 }] } } },
      raw: '{"a":{"b":1}}',
    });
    assert.doesNotMatch([body, ...shown].join('\n'), /[{[]\s*"?/);
  });

  it('say numbers with the digits that matter, and all digits of whole ones', () => {
    assert.deepEqual(
      fields({ value: 0.00042, load: 41.839999999999996, humidity: 0.30000000000000004, rows: 1234567 }),
      ['Value: 0.00042', 'Rows: 1,234,567', 'Load: 41.84', 'Humidity: 0.3'],
    );
  });

  it('say sizes and durations in units', () => {
    assert.deepEqual(fields({ size_bytes: 3_452_816_845, duration_ms: 90_250 }), [
      'Duration: 1 min 30 s',
      'Size: 3.45 GB',
    ]);
    assert.deepEqual(fields({ duration: 'PT1H30M' }), ['Duration: 1 h 30 min']);
    assert.deepEqual(fields({ elapsed: '00:01:30.37' }), ['Elapsed: 1 min 30 s']);
    assert.deepEqual(fields({ uptime_seconds: 93_600 }), ['Uptime: 1 d 2 h']);
    assert.deepEqual(fields({ cpu_percent: 97.25 }), ['CPU: 97.25%']);
  });

  it('take a duration for milliseconds where the sender counts time so', () => {
    assert.deepEqual(fields({ timestamp: 1_777_629_600_000, duration: 4300 }), ['Duration: 4.3 s']);
    assert.deepEqual(fields({ timestamp: 1_777_629_600, duration: 84 }), ['Duration: 1 min 24 s']);
  });
});

describe('amounts of money', () => {
  for (const [payload, amount] of [
    [{ event: 'payment.failed', amount_cents: 4999, currency: 'EUR' }, '€49.99'],
    [{ event: 'invoice.paid', invoice: { total: '49.90', currency: 'EUR' } }, '€49.90'],
    [{ event: 'invoice.paid', invoice: { total: 120, currency: 'EUR' } }, '€120.00'],
    [{ type: 'charge.succeeded', amount: 1200, currency: 'usd' }, '$12.00'],
    [{ event: 'transaction.paid', totals: { total: '65215' }, currency_code: 'USD' }, '$652.15'],
    [{ event: 'payment.received', amount: { value: 5000, currency: 'JPY' } }, '¥5,000'],
    [{ event: 'payment.received', amount: { value: 5000, currency: 'BHD' } }, 'BHD 5.000'],
    [{ event: 'refund.made', amount_minor: 100, currency: 'GBP' }, '£1.00'],
    [{ event: 'donation.made', amount: 100, formatted_amount: '€1.00', currency: 'EUR' }, '€1.00'],
  ] as const)
    it(`are ${amount} in ${JSON.stringify(payload)}`, () => {
      const { body, fields: shown } = readWhole(payload);
      assert.ok(`${body} ${shown.join(' ')}`.replace(/\u00a0/g, ' ').includes(amount), `${body} ${shown.join(' ')}`);
    });

  it('are amounts however people write them', () => {
    for (const [amount, said] of [
      ['1,234.50', '€1,234.50'],
      ['1.234,50', '€1,234.50'],
      ['12,5', '€12.50'],
      ['1,234,567', '€1,234,567.00'],
    ])
      assert.match(
        readWhole({ event: 'payment.received', amount, currency: 'EUR' }).body,
        new RegExp(`^${said?.replace('.', '\\.')}$`),
      );
  });

  it('are reasons in words, though a program gives them', () => {
    assert.deepEqual(fields({ reason: 'insufficient_funds' }), ['Reason: insufficient funds']);
  });

  it('are what a run was of, and nobody who only compares', () => {
    const run = { project: { name: 'door' }, pipeline: { name: 'CI', result: 'failed' } };
    const revision = { reference: 'refs/heads/try', branch: { name: 'try' }, sender: { login: 'ada' } };
    const { fields: shown, message } = readWhole({ ...run, revision });
    assert.deepEqual([shown, message.body], [['Branch: try'], 'by ada']);
    const rule = { metric: 'load', operator: 'GreaterThan', threshold: 4 };
    assert.doesNotMatch(readWhole({ title: 'Load is high', rule }).message.body, /GreaterThan/);
  });
});
