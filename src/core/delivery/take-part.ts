import { parseJson } from './parse-json.ts';
import { toJson } from './to-json.ts';

/**
 * A payload as it would be if the event at a place were its only one: whatever stands around the list stays. A place that
 * ends in `+` means all events that come after it.
 */
export function takePart(payload: unknown, place: string): unknown {
  const isRest = place.endsWith('+');
  const steps = (isRest ? place.slice(0, -1) : place).split('.');
  return take(payload, steps, isRest ? 'rest' : 'only');
}

/** What stands around the events of a payload: the payload without them. */
export function takeEnvelope(payload: unknown, place: string): unknown {
  return take(payload, place.split('.'), 'none');
}

/** What an object has under a name. Some senders write a list as a text of JSON: it is read, once for each object. */
export function childOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  const child = (value as Readonly<Record<string, unknown>>)[name];
  if (typeof child !== 'string' || !/^\s*\[/.test(child)) return child;
  const known = embedded.get(value)?.get(name);
  if (known !== undefined) return known;
  const outcome = parseJson(child);
  if (!outcome.ok) return child;
  embedded.set(value, new Map([...(embedded.get(value) ?? []), [name, outcome.payload]]));
  return outcome.payload;
}

const embedded = new WeakMap<object, Map<string, unknown>>();

type Taken = 'only' | 'rest' | 'none';

function take(value: unknown, [step, ...rest]: readonly string[], wanted: Taken): unknown {
  if (step === undefined) return wanted === 'rest' ? undefined : value;
  if (Array.isArray(value)) {
    if (wanted === 'none') return [];
    const index = Number(step);
    const item = take(value[index], rest, wanted);
    const later = wanted === 'rest' ? value.slice(index + 1) : [];
    const left = item === undefined ? later : [item, ...later];
    return left.length > 0 ? left : undefined;
  }
  const child = childOf(value, step);
  const taken = take(child, rest, wanted);
  if (taken === undefined) return undefined;
  const isText = Array.isArray(child) && typeof (value as Record<string, unknown>)[step] === 'string';
  return { ...(value as object), [step]: isText ? toJson(taken) : taken };
}
