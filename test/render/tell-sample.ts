import assert from 'node:assert/strict';
import { loadCatalogue } from '../../src/app/catalogue.ts';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import { unpacked } from '../../src/core/delivery/unpacked.ts';
import type { HookEvent } from '../../src/core/event/event.ts';
import type { Message } from '../../src/core/message/message.ts';
import type { Sample } from '../../src/core/provider/sample.ts';
import { readEvent } from '../../src/reading/read-event.ts';
import type { Composed } from '../../src/render/compose.ts';

export type Json = { [key: string]: unknown };

export const { providers, composer, templates } = await loadCatalogue();

/** The message of a sample in which something is different. */
export function tell(name: string, type: string, change: Json = {}): Message {
  const sample = templates.samples.of(name).get(type);
  assert.ok(sample, `${name}/${type}`);
  const { message, problems } = compose(sample, merge(JSON.parse(sample.body.toString()), change));
  assert.deepEqual(problems, []);
  return message;
}

/** A sample's message with another payload. */
export function compose(sample: Sample, payload: unknown): Composed {
  const provider = providers.get(sample.provider);
  assert.ok(provider, sample.provider);
  const sent = {
    ...sample,
    url: '',
    body: Buffer.from(JSON.stringify(payload)),
    query: {},
    receivedAt: new Date(0),
    remoteAddress: '',
  };
  const packed = provider.signature.unpack?.(parseDelivery(sent));
  const delivery = packed ? unpacked(sent, packed) : sent;
  const event: HookEvent = {
    ...delivery,
    id: '1',
    endpointId: '1',
    deliveryId: '1',
    provider: sample.provider,
    type: provider.eventType(parseDelivery(delivery)) ?? 'unknown',
    verification: {},
  };
  const { incoming, about } = readEvent(event, provider);
  return composer.compose({
    event: incoming,
    about,
    providerName: sample.provider,
    providerTitle: provider.title,
    endpointName: 'door',
    endpointId: '1',
    verified: true,
    overrides: [],
    people: [],
  });
}

export function merge(whole: Json, change: Json): Json {
  const changed = Object.entries(change).map(([key, value]) => {
    const old = whole[key];
    return [key, isObject(old) && isObject(value) ? merge(old, value) : value];
  });
  return { ...whole, ...Object.fromEntries(changed) };
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A payload without each of its values in turn, and where that value stood. */
export function* withoutEach(payload: unknown): Generator<readonly [string, unknown]> {
  for (const path of pathsOf(payload)) {
    const copy = structuredClone(payload);
    const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Json)[key], copy) as Json;
    holder[path.at(-1) ?? ''] = null;
    yield [path.join('.'), copy];
  }
}

function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (!isObject(value) && !Array.isArray(value)) return path.length > 0 ? [path] : [];
  return Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]));
}
