import { useEffect, useState } from 'preact/hooks';
import type { Live } from '../api/live.ts';
import type { EventSummary } from '../api/shapes.ts';
import { messageOf } from '../kit/failure.tsx';
import type { EventFilter } from '../route.ts';
import { type EventPage, fetchEvents } from './fetch-events.ts';

const PAGE = 50;

interface State extends Partial<EventPage> {
  readonly key: string;
  readonly problem?: string;
}

export interface EventPages {
  /** Newest first; nothing until the first page has arrived. */
  readonly events: readonly EventSummary[] | undefined;
  readonly problem: string | undefined;
  /** What a search in bodies leaves out, as a sentence. */
  readonly gaps: string | undefined;
  readonly more: boolean;
  readonly loading: boolean;
  readonly loadMore: () => void;
  readonly reload: () => void;
}

/** Events that pass a filter, page by page, kept up to date while they are shown. */
export function useEventPages(filter: EventFilter, live: Live): EventPages {
  const key = JSON.stringify(filter);
  const [turn, setTurn] = useState(0);
  const [loading, setLoading] = useState(false);
  const [state, setState] = useState<State>({ key });
  // What was found before stays until the answer is here, so that nothing vanishes under a hand that is about to click.
  const current: State = state.key === key ? state : { key, ...(state.events && { events: state.events }) };
  const reload = () => setTurn((now) => now + 1);

  useEffect(() => {
    const stop = new AbortController();
    fetchPage(filter, undefined, stop.signal).then(
      (page) => !stop.signal.aborted && setState({ key, ...page }),
      (error: unknown) =>
        !stop.signal.aborted && setState((now) => ({ ...(now.key === key && now), key, problem: messageOf(error) })),
    );
    return () => stop.abort();
  }, [key, turn]);

  useEffect(
    () =>
      live.listen({
        event: ({ event }) => {
          setState((now) => {
            const known = now.events?.some(({ id }) => id === event.id);
            if (known)
              return { ...now, events: (now.events ?? []).map((each) => (each.id === event.id ? event : each)) };
            // Only the server knows whether words are found in it.
            if (!now.events || filter.q || filter.body || !passes(filter, event)) return now;
            return { ...now, events: [event, ...now.events] };
          });
        },
        opened: reload,
      }),
    [key, live],
  );

  async function loadMore(): Promise<void> {
    if (!current.next || loading) return;
    setLoading(true);
    try {
      const { events, next = null } = await fetchPage(filter, current.next);
      setState((now) => (now.key === key ? { ...now, events: [...(now.events ?? []), ...events], next } : now));
    } catch (error) {
      setState((now) => ({ ...now, problem: messageOf(error) }));
    }
    setLoading(false);
  }

  const { events, problem, gaps, next } = current;
  return { events, problem, gaps, more: Boolean(next), loading, loadMore, reload };
}

function passes(
  { endpoint, state, batch, severity, source, type, actor, since, until }: EventFilter,
  event: EventSummary,
): boolean {
  // Days are compared by the server.
  if (since || until) return false;
  const { about } = event;
  const asked = [
    [batch, event.part?.batch],
    [endpoint, event.endpoint],
    [state, event.state],
    [severity, about?.severity ?? 'info'],
    [source, about?.source],
    [type, event.type],
    [actor, about?.actor],
  ];
  return asked.every(([wanted, value]) => !wanted || wanted === value);
}

function fetchPage(filter: EventFilter, before: string | undefined, signal?: AbortSignal): Promise<EventPage> {
  return fetchEvents(filter, { before, limit: PAGE, ...(signal && { signal }) });
}
