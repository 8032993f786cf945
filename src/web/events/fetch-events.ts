import { request } from '../api/request.ts';
import type { EventSummary } from '../api/shapes.ts';
import type { EventFilter } from '../route.ts';

export interface EventPage {
  readonly events: readonly EventSummary[];
  readonly next?: string | null;
  /** What a search in bodies leaves out, as a sentence. */
  readonly gaps?: string;
}

/** A page of the events that pass a filter, newest first. */
export function fetchEvents(
  filter: EventFilter,
  {
    before,
    limit,
    signal,
  }: { readonly before: string | undefined; readonly limit: number; readonly signal?: AbortSignal },
): Promise<EventPage> {
  return request<EventPage>('/events', {
    query: {
      ...toQuery(filter),
      before,
      limit: String(limit),
    },
    ...(signal && { signal }),
  });
}

/** A filter as the API takes it: its days begin and end by the clock of this browser. */
export function toQuery({ since, until, ...filter }: EventFilter): Readonly<Record<string, string>> {
  return {
    ...filter,
    ...(since && { since: new Date(`${since}T00:00:00`).toISOString() }),
    ...(until && { until: new Date(`${until}T23:59:59.999`).toISOString() }),
  };
}
