import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findParts, PARTS_LIMIT } from '../../../src/core/delivery/find-parts.ts';
import { parseDelivery } from '../../../src/core/delivery/parse-delivery.ts';
import { toPartDelivery } from '../../../src/core/delivery/part-delivery.ts';
import { takePart } from '../../../src/core/delivery/take-part.ts';
import { nameBatch } from '../../../src/core/provider/name-batch.ts';
import { runs } from '../../runs.ts';
import { aWorld, providers } from '../../world.ts';
import { aSendgridEndpoint } from './sendgrid.ts';

const anItem = fc.record(
  { event: fc.constantFrom('a.b', 'c'), id: fc.integer(), text: fc.string() },
  { noNullPrototype: true },
);

function aDelivery(payload: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) {
  const body = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  return { method: 'POST', url: '', headers, query: {}, body, receivedAt: new Date(), remoteAddress: '' };
}

describe('finding the events of a delivery', () => {
  it('loses none, keeps their order, and leaves what stands around them to each', () => {
    const entries = fc.array(
      fc.record({ id: fc.integer(), changes: fc.array(anItem, { maxLength: 4 }) }, { noNullPrototype: true }),
      {
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 6 }), (entry, limit) => {
        const payload = { object: 'page', entry };
        const found = findParts(payload, 'entry.*.changes.*', limit);
        // An entry without changes is an event itself.
        const expected = entry.flatMap(({ id, changes }) =>
          changes.length > 0 ? changes.map((change) => ({ id, changes: [change] })) : [{ id, changes }],
        );
        if (expected.length < 2) return assert.equal(found, undefined);
        assert.ok(found);
        const parts = found.places.map((place) => takePart(payload, place) as typeof payload);
        const rest =
          found.count > found.places.length
            ? (takePart(payload, `${found.places.at(-1)}+`) as typeof payload)
            : { object: 'page', entry: [] };
        const later = rest.entry.flatMap(({ id, changes }) =>
          changes.length > 0 ? changes.map((change) => ({ id, changes: [change] })) : [{ id, changes }],
        );
        assert.deepEqual([...parts.flatMap((part) => part.entry), ...later], expected);
        assert.equal(found.count, expected.length);
        assert.deepEqual(new Set(parts.map(({ object }) => object)), new Set(['page']));
      }),
    );
  });

  it('reads each as its sender would have sent it alone: in a list, a line, a form, in any encoding', () => {
    const items = fc.array(anItem, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(items, (given) => {
        const json = JSON.stringify(given);
        const lines = given.map((item) => JSON.stringify(item)).join('\n');
        const form = `mandrill_events=${encodeURIComponent(json)}`;
        const forms = { 'content-type': 'application/x-www-form-urlencoded' };
        const wide = {
          ...aDelivery('', { 'content-type': 'application/json; charset=utf-16le' }),
          body: Buffer.from(json, 'utf16le'),
        };
        const ways: readonly (readonly [Parameters<typeof parseDelivery>[0], string, (item: unknown) => unknown])[] = [
          [aDelivery(given), '*', (item) => [item]],
          [aDelivery(lines, { 'content-type': 'application/x-ndjson' }), '*', (item) => item],
          [wide, '*', (item) => [item]],
          [aDelivery(form, forms), 'mandrill_events.*', (item) => ({ mandrill_events: JSON.stringify([item]) })],
        ];
        for (const [delivery, pattern, alone] of ways) {
          const parsed = parseDelivery(delivery);
          const places = findParts(parsed.payload, pattern)?.places ?? [];
          const read = places.map((place) => parseDelivery({ ...delivery, ...toPartDelivery(parsed, place) }).payload);
          assert.deepEqual(read, given.map(alone));
        }
      }),
      { numRuns: runs(50) },
    );
  });

  it('keeps every digit of its integers', () => {
    for (const [pattern, body] of [
      ['*', '[{"id":12345678901234567890},{"id":1}]'],
      ['mandrill_events.*', '{"mandrill_events":"[{\\"id\\":12345678901234567890},{\\"id\\":1}]"}'],
    ] as const) {
      const parsed = parseDelivery(aDelivery(body));
      const [place = ''] = findParts(parsed.payload, pattern)?.places ?? [];
      assert.match(toPartDelivery(parsed, place).body.toString(), /12345678901234567890/);
    }
  });

  it('leaves anything strange as one event, and never throws', () => {
    const known = [...providers].filter(([, { events }]) => events !== undefined);
    assert.ok(known.length > 20);
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        for (const [, provider] of known)
          for (const shape of [
            payload,
            [payload, payload],
            { events: [payload, payload] },
            { entry: [{ changes: payload }] },
          ])
            nameBatch(parseDelivery(aDelivery(shape)), provider, {});
      }),
      { numRuns: runs(30) },
    );
    for (const odd of [
      [{ event: 'a', id: 1 }, 7],
      [[{ event: 'a' }], [{ event: 'b' }]],
      [{ event: 'a', id: 1 }, null],
    ])
      assert.equal(findParts(odd, '*'), undefined);
  });
});

describe('a sender who is not known', () => {
  const split = (payload: unknown, headers?: Record<string, string>) => {
    const generic = providers.get('generic');
    assert.ok(generic);
    return nameBatch(parseDelivery(aDelivery(payload, headers)), generic, {})?.parts.length ?? 1;
  };

  it('sends several events where each has a type, and an id or a time', () => {
    const times = { event: 'lamp.lit', timestamp: 1_790_000_000 };
    assert.equal(split([times, times]), 2);
    assert.equal(split({ batch: [times, times], sentAt: '2026-05-01' }), 2);
    assert.equal(
      split([
        { specversion: '1.0', type: 'a', id: '1' },
        { specversion: '1.0', type: 'b', id: '2' },
      ]),
      2,
    );
    assert.equal(
      split('{"title":"first","status":"down"}\n{"title":"second","status":"up"}\n', {
        'content-type': 'application/x-ndjson',
      }),
      2,
    );
  });

  it('sends one event where they are the items of one thing', () => {
    const product = { type: 'product', id: 1, price: 5 };
    assert.equal(split([product, product]), 1);
    assert.equal(split({ order: 7, items: [product, product] }), 1);
    assert.equal(split({ status: 'firing', alerts: [{ status: 'firing', startsAt: 'x' }, { status: 'resolved' }] }), 1);
    assert.equal(
      split({
        ref: 'main',
        commits: [
          { id: 'a', timestamp: 1 },
          { id: 'b', timestamp: 2 },
        ],
      }),
      1,
    );
    assert.equal(
      split([
        { host: 'db-1', status: 'up' },
        { host: 'db-2', status: 'down' },
      ]),
      1,
    );
    assert.equal(
      split({
        type: 'digest',
        events: [
          { event: 'a', id: 1 },
          { event: 'b', id: 2 },
        ],
      }),
      1,
    );
  });
});

describe('events with much around them', () => {
  it('are events of their own only as long as all together are no more than a few times the delivery', () => {
    const xero = providers.get('xero');
    assert.ok(xero);
    const events = Array.from({ length: 1_000 }, (_, number) => ({ eventType: 'CREATE', resourceId: `${number}` }));
    const delivery = aDelivery({ events, around: 'x'.repeat(3_000_000) });
    const parts = nameBatch(parseDelivery(delivery), xero, {})?.parts ?? [];
    const bytes = parts.reduce((sum, { alone }) => sum + alone.body.length, 0);
    assert.ok(bytes < 6 * delivery.body.length + 1_048_576, `${bytes} bytes`);
    assert.deepEqual(parts.at(-1)?.part, { number: parts.length, of: 1_000, rest: true });
  });
});

describe('ten thousand events in one delivery', () => {
  it('are so many events of their own, and one that stands for the rest with a table of it', async () => {
    await using world = await aWorld();
    const endpoint = await aSendgridEndpoint(world);
    const payload = Array.from({ length: 10_000 }, (_, index) => ({
      event: 'delivered',
      email: `ada-${index}@mail.example`,
      sg_event_id: `event-${index}`,
      reason: 'x'.repeat(350),
    }));
    assert.equal((await world.deliver(endpoint, { payload })).status, 202);
    const [last] = await world.events('limit=1');
    const { json } = await world.call<{
      event: { part: { number: number; of: number; rest: boolean }; type: string; curl: string };
    }>(`/api/v1/events/${last?.id}`);
    const { number, of, rest } = json.event.part;
    assert.deepEqual([number, of, rest, json.event.type], [PARTS_LIMIT + 1, 10_000, true, 'events']);
    // Delivered again, those that are events of their own have other ids.
    assert.equal(json.event.curl.match(/"sg_event_id":"(?!event-)/g)?.length, PARTS_LIMIT);
    const { text } = await world.type(`/webhook payload ${last?.id}`);
    assert.match(text, /event-1000/);
    assert.match((await world.type(`/webhook event ${last?.id}`)).text, /1,001 to 10,000 of 10,000/);
  });
});
