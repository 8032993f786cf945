import type { z } from 'zod';
import { type TemplatePlace, toKey } from '../../../core/command/desks/template-desk.ts';
import { notFound } from '../../../core/errors.ts';
import type { StoredEvent } from '../../../core/event/event.ts';
import type { ApiParts } from '../parts.ts';
import type { placeShape } from './shapes.ts';

export type Place = z.infer<typeof placeShape>;

const LEARNT = 10;
/** Larger payloads are not held side by side. */
const LARGE = 512 * 1024;

/** Finds what a request names: the place a template counts at, and the events that it is for. Throws `AppError` where there is none. */
export function createLookUp({ settings, journal }: Pick<ApiParts, 'settings' | 'journal'>) {
  function endpointOf(typed: string) {
    const found = settings.current.endpoints.find(({ id, name }) => id === typed || name === typed);
    if (!found) throw notFound(`The endpoint \`${typed}\``);
    return found;
  }

  function placeOf({ endpoint: typed, type, scope, route: routeId }: Place) {
    const endpoint = endpointOf(typed);
    const route = endpoint.routes.find(({ id }) => id === routeId);
    if (scope === 'route' && !route) throw notFound(`The route \`${routeId ?? ''}\` of \`${endpoint.name}\``);
    const place: TemplatePlace = {
      provider: endpoint.provider,
      type,
      endpointId: endpoint.id,
      ...(route && { routeId: route.id }),
    };
    return { endpoint, route, place, scope, key: toKey(place, scope) };
  }

  async function eventsOf({ endpoint: typed, type }: Place, limit: number): Promise<readonly StoredEvent[]> {
    const { id } = endpointOf(typed);
    const found = await journal.events.list({ endpointId: id, limit, ...(type !== '*' && { type }) });
    const events: StoredEvent[] = [];
    for (const summary of found) {
      const event = await journal.events.get(summary.id);
      if (event) events.push(event);
    }
    return events;
  }

  async function eventNamed(id: string): Promise<StoredEvent> {
    const event = await journal.events.get(id);
    if (!event) throw notFound(`Event \`${id}\``);
    return event;
  }

  async function groundOf(place: Place) {
    const { place: at } = placeOf(place);
    const events = (await eventsOf(place, LEARNT)).filter(({ body }) => body.length <= LARGE);
    return { provider: at.provider, type: at.type, events };
  }

  return { endpointOf, placeOf, eventsOf, eventNamed, groundOf };
}
