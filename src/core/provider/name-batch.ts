import type { Delivery, Parsed } from '../delivery/delivery.ts';
import { findParts, type Parts } from '../delivery/find-parts.ts';
import { parseDelivery } from '../delivery/parse-delivery.ts';
import { toPartBody, toPartDelivery } from '../delivery/part-delivery.ts';
import { takeEnvelope, takePart } from '../delivery/take-part.ts';
import type { NewPart } from '../event/event.ts';
import { type EventName, nameEvent, nameType } from './name-event.ts';
import type { Provider } from './provider.ts';

/** What a delivery of several events is called, and each of them. */
export interface BatchName extends Omit<EventName, 'type'> {
  readonly parts: readonly NewPart[];
}

/** What stands around the events is in each of them. All together are no more than so many times the body, and so many bytes. */
const COPIES = 4;
const ROOM = 1024 * 1024;

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
  const { places, count } = found;
  const envelope = { ...delivery, payload: takeEnvelope(delivery.payload, places[0] ?? '') };
  const { type: _, ...batch } = nameEvent(envelope, provider, options);
  const key = batch.repeatKey ?? batch.deliveryId;
  const tells = provider.identity ?? provider.deliveryId;
  const around = tells?.(envelope, options);

  /** An event that says what names it, beyond what stands around it; otherwise its number does. */
  function nameOf(event: Parsed, number: number): EventName {
    const own = tells?.(event, options);
    if (own !== undefined && own !== around) return nameEvent(event, provider, options);
    return { ...batch, type: nameType(event, provider.eventType, options), repeatKey: `${key}#${number}` };
  }

  const parts: NewPart[] = [];
  let room = delivery.body.length * COPIES + ROOM;
  for (const place of places) {
    const payload = takePart(delivery.payload, place);
    const alone = toPartBody(delivery, payload);
    room -= alone.body.length;
    if (room < 0 && parts.length > 0) break;
    const number = parts.length + 1;
    parts.push({ ...nameOf({ ...delivery, payload }, number), place, alone, part: { number, of: count } });
  }
  if (parts.length === count) return { ...batch, parts };
  const place = `${places[parts.length - 1]}+`;
  const alone = toPartBody(delivery, takePart(delivery.payload, place));
  const part = { number: parts.length + 1, of: count, rest: true } as const;
  return { ...batch, parts: [...parts, { ...batch, type: REST, repeatKey: `${key}#rest`, place, alone, part }] };
}

/** The events that a delivery holds, each as the only one; the delivery itself where it holds one. */
export function toEvents(delivery: Parsed, provider: Pick<Provider, 'events'>): readonly Parsed[] {
  const places = partsOf(delivery, provider)?.places;
  return places?.map((place) => ({ ...delivery, payload: takePart(delivery.payload, place) })) ?? [delivery];
}

/** The first event of a delivery as it would be delivered alone, and how many there are. */
export function firstEvent<Known extends Delivery>(
  delivery: Known,
  provider: Pick<Provider, 'events'> | undefined,
): { readonly delivery: Known; readonly of: number } {
  const parsed = parseDelivery(delivery);
  const found = provider && partsOf(parsed, provider);
  const [place] = found?.places ?? [];
  if (!found || place === undefined) return { delivery, of: 1 };
  return { delivery: { ...delivery, ...toPartDelivery(parsed, place) }, of: found.count };
}

function partsOf(delivery: Parsed, { events }: Pick<Provider, 'events'>): Parts | undefined {
  const pattern = typeof events === 'function' ? events(delivery) : events;
  return pattern === undefined ? undefined : findParts(delivery.payload, pattern);
}
