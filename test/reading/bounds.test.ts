import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { walk } from '../../src/reading/payload/walk.ts';
import { readPayload } from '../../src/reading/read-payload.ts';
import { genericLayout } from '../../src/render/generic/generic-layout.ts';
import { runs } from '../runs.ts';
import { readWhole } from './read-whole.ts';

/** A payload that counts how often somebody looks at one of its values. */
function counting(payload: unknown): { readonly payload: unknown; looks(): number } {
  let count = 0;
  const wrap = (value: unknown): unknown =>
    typeof value !== 'object' || value === null
      ? value
      : new Proxy(value, {
          get(target, key, receiver) {
            const inner: unknown = Reflect.get(target, key, receiver);
            if (typeof key === 'symbol' || typeof inner === 'function' || key === 'length') return inner;
            count++;
            return wrap(inner);
          },
        });
  return { payload: wrap(payload), looks: () => count };
}

const LOOKS = 60_000;

describe('a payload of any size', () => {
  for (const [said, payload] of [
    ['100,000 names', Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`name_${index}`, index]))],
    [
      '100,000 objects',
      { data: Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, { id: index }])) },
    ],
    [
      'a list of 100,000',
      Array.from({ length: 100_000 }, (_, index) => ({ id: index, name: `n${index}`, status: 'up' })),
    ],
    [
      'a list of 100,000 within',
      { title: 'Lamp', lamps: Array.from({ length: 100_000 }, (_, index) => ({ id: index, state: 'up' })) },
    ],
    ['100,000 texts', { title: 'Lamp', lines: Array.from({ length: 100_000 }, (_, index) => `line ${index}`) }],
  ] as const)
    it(`is read as far as anybody would read it: ${said}`, () => {
      const { payload: counted, looks } = counting(payload);
      const about = readPayload(counted).about('event');
      genericLayout({ event: { payload: counted, format: 'json', problem: undefined, body: Buffer.alloc(0) }, about });
      assert.ok(looks() < LOOKS, `looked ${looks()} times`);
    });

  it('is walked once, and only so far', () => {
    const wide = (depth: number): unknown =>
      depth === 0 ? 'x' : Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`k${index}`, wide(depth - 1)]));
    const { leaves, branches } = walk(wide(5) as Record<string, unknown>);
    assert.ok(leaves.length + branches.length < 5_000);
  });

  it('is read once for whoever asks', () => {
    const payload = { title: 'Lamp' };
    assert.equal(readPayload(payload), readPayload(payload));
    const reading = readPayload(payload);
    assert.equal(reading.about('lamp.broken'), reading.about('lamp.broken'));
  });

  it('may be as deep as it likes', () => {
    const deep = `${'{"a":'.repeat(90)}{"title":"Lamp"}${'}'.repeat(90)}`;
    assert.ok(readWhole(JSON.parse(deep)).title);
  });
});

describe('a payload of any shape', () => {
  it('becomes a message: one line of title, no more than four fields, five lines of text and no JSON', () => {
    const words = fc.constantFrom(
      'constructor',
      '__proto__',
      'hasOwnProperty',
      'event',
      'type',
      'action',
      'status',
      'state',
      'result',
      'results',
      'level',
      'title',
      'name',
      'message',
      'text',
      'data',
      'payload',
      'alerts',
      'items',
      'user',
      'url',
      'links',
      'labels',
      'changes',
      'from',
      'to',
      'attachments',
      'blocks',
      'embeds',
      'sections',
      'fields',
      'value',
      'issue',
      'build',
      'monitor',
      'amount',
      'currency',
      'timestamp',
      'duration',
      'description',
      'cardsV2',
      'toString',
      'ok',
      'failed',
      'https://a.example/1',
      '<b>x</b>',
      '*x*',
      'Lamp',
      '1777629600',
      '49.90',
      'EUR',
      'created',
      'firing',
      '',
    );
    const payloads = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5, withCrossShrink: true },
        fc.string(),
        words,
        fc.double(),
        fc.bigInt(),
        fc.constantFrom(null, true, false),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(words, tie('value'), { maxKeys: 6 }),
      ),
    })).value;
    fc.assert(
      fc.property(payloads, words, (payload, type) => {
        const about = readPayload(payload).about(type);
        const { title } = about;
        assert.ok(
          title.length > 0 && title.length <= 200 && !/[\r\n]|undefined|\[object|native code|^events?$/i.test(title),
          title,
        );
        const { body = '', fields = [] } = genericLayout({
          event: { payload, format: 'json', problem: undefined, body: Buffer.alloc(0) },
          about,
        });
        assert.ok(fields.length <= 4);
        assert.ok(body.split('\n').length <= 40, body);
        for (const { name, value } of fields) assert.ok(name !== '' && value !== '');
        assert.doesNotMatch(body + fields.map(({ value }) => value).join(), /undefined|\[object|native code|\de\+\d/);
      }),
      { numRuns: runs(3000) },
    );
  });
});
