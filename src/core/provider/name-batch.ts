import type { Parsed } from '../delivery/delivery.ts';
import { findParts, type Parts } from '../delivery/find-parts.ts';
import { takeEnvelope, takePart } from '../delivery/take-part.ts';
import type { NewPart } from '../event/event.ts';
import { type EventName, nameEvent } from './name-event.ts';
import type { Provider } from './provider.ts';

/** What a delivery of several events is called, and each of them. */
export interface BatchName extends Omit<EventName, 'type'> {
  readonly parts: readonly NewPart[];
}

/** The type of the event that stands for all that are too many to be events of their own. */
export const REST = 'events';

/**
 * Names a delivery that holds several events; nothing where it holds one. The delivery is named by what stands around
 * them. Each event is named by what it says itself, so that it is a repeat whatever else comes along with it the next time; one
 * that has no name of its own is told apart by its number in the delivery.
 */
export function nameBatch(
  delivery: Parsed,
  provider: Provider,
  options: Readonly<Record<string, string>>,
): BatchName | undefined {
  const found = partsOf(delivery, provider);
  if (!found) return undefined;
  const { places, rest, count } = found;
  const envelope = { ...delivery, payload: takeEnvelope(delivery.payload, places[0] ?? '') };
  const { type: _, ...batch } = nameEvent(envelope, provider, options);
  const key = batch.repeatKey ?? batch.deliveryId;

  /** Whether a reader finds in an event what it does not find around it. */
  const isOwn = (read: Provider['deliveryId'], event: Parsed) => {
    const value = read?.(event, options);
    return value !== undefined && value !== read?.(envelope, options);
  };

  function toPart(place: string, index: number): NewPart {
    const number = index + 1;
    const event = { ...delivery, payload: takePart(delivery.payload, place) };
    const name = nameEvent(event, provider, options);
    const isNamed = isOwn(provider.identity ?? provider.deliveryId, event);
    return {
      ...(isNamed ? name : { ...batch, type: name.type, repeatKey: `${key}#${number}` }),
      place,
      part: { number, of: count },
    };
  }

  const last = rest && {
    ...batch,
    type: REST,
    repeatKey: `${key}#rest`,
    place: rest,
    part: { number: places.length + 1, of: count, rest: true as const },
  };
  return { ...batch, parts: [...places.map(toPart), ...(last ? [last] : [])] };
}

/** The events that a delivery holds, each as the only one; the delivery itself where it holds one. */
export function toEvents(delivery: Parsed, provider: Pick<Provider, 'events'>): readonly Parsed[] {
  const places = partsOf(delivery, provider)?.places;
  return places?.map((place) => ({ ...delivery, payload: takePart(delivery.payload, place) })) ?? [delivery];
}

function partsOf(delivery: Parsed, { events }: Pick<Provider, 'events'>): Parts | undefined {
  const pattern = typeof events === 'function' ? events(delivery) : events;
  return pattern === undefined ? undefined : findParts(delivery.payload, pattern);
}
