import type { Reader } from '../core/delivery/readers.ts';
import { type Unwrapped, unwrap } from './payload/unwrap.ts';
import { ofEvent } from './readings/of-event.ts';
import { ofSeveral } from './readings/of-several.ts';
import { ofText } from './readings/of-text.ts';
import { NOTHING, type Reading } from './readings/reading.ts';

const read = new WeakMap<object, Reading>();

/** Reads a payload. Asking again for the same one is free. */
export function readPayload(payload: unknown): Reading {
  if (typeof payload !== 'object' || payload === null) return toReading(unwrap(payload));
  const known = read.get(payload);
  if (known) return known;
  const reading = toReading(unwrap(payload));
  read.set(payload, reading);
  return reading;
}

function toReading(unwrapped: Unwrapped): Reading {
  if (unwrapped.kind === 'text') return ofText(unwrapped.text);
  if (unwrapped.kind === 'one') return ofEvent(unwrapped.event, unwrapped.type);
  return unwrapped.kind === 'several' ? ofSeveral(unwrapped) : NOTHING;
}

/** Reads the event type where payloads usually have it. */
export const guessType: Reader = ({ payload }) => readPayload(payload).type;
