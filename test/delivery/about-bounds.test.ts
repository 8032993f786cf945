import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { HookEvent } from '../../src/core/event/event.ts';
import type { Sample } from '../../src/core/provider/sample.ts';
import { readEvent } from '../../src/reading/read-event.ts';
import { loadTemplates } from '../../src/render/templates.ts';
import { providers } from '../world.ts';

const { samples } = await loadTemplates(join(import.meta.dirname, '../../templates'));

/** Longer than every part may be. */
const LONG = ' and so on'.repeat(250);

/** Characters of an about as the journal keeps it: fifty labels and every other part at its longest. */
const MOST = 25_000;

describe('an about stays small', () => {
  for (const [how, grow] of [
    ['every text is long', lengthen],
    ['every object has many names', widen],
  ] as const)
    it(`where ${how}, with every sample of every provider`, () => {
      const tooLarge = [...providers].flatMap(([name, provider]) =>
        [...samples.of(name).values()]
          .map((sample) => ({ type: sample.type, about: readEvent(toEvent(sample, grow), provider).about }))
          .filter(({ about }) => JSON.stringify(about).length >= MOST || Object.keys(about.labels ?? {}).length > 50)
          .map(({ type, about }) => `${name} ${type}: ${JSON.stringify(about).slice(0, 300)}`),
      );
      assert.deepEqual(tooLarge, []);
    });

  it('where nobody has described the payload', () => {
    const payload = { issue: { id: 'i'.repeat(100_000) }, name: 'n'.repeat(100_000), ref: 'r'.repeat(100_000) };
    const sample = { provider: 'generic', type: 'event', method: 'POST', headers: {} };
    const { about } = readEvent(toEvent({ ...sample, body: Buffer.from(JSON.stringify(payload)) }), undefined);
    assert.ok(JSON.stringify(about).length < MOST, JSON.stringify(about).slice(0, 300));
  });
});

function lengthen(value: unknown): unknown {
  if (typeof value === 'string') return `${value}${LONG}`;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(lengthen);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, lengthen(part)]));
}

/** More labels than are kept. */
const MORE = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`name-${index}`, `value ${index}`]));

function widen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(widen);
  return { ...Object.fromEntries(Object.entries(value).map(([name, part]) => [name, widen(part)])), ...MORE };
}

function toEvent({ provider, type, method, headers, body }: Sample, grow = (value: unknown) => value): HookEvent {
  const grown = tryJson(body, grow);
  return {
    id: '1',
    endpointId: 'e1',
    provider,
    type,
    deliveryId: 'd1',
    verification: {},
    method,
    headers: { 'content-type': 'application/json', ...headers },
    query: {},
    body: grown,
    receivedAt: new Date('2026-03-01T12:00:00Z'),
    remoteAddress: '192.0.2.1',
  };
}

/** A sample that is not JSON is read as it is. */
function tryJson(body: Buffer, grow: (value: unknown) => unknown): Buffer {
  const text = body.toString();
  return /^[[{]/.test(text) ? Buffer.from(JSON.stringify(grow(JSON.parse(text)))) : body;
}
