import type { Live } from '../api/live.ts';
import { useKeys } from '../kit/use-keys.ts';
import { useMedia } from '../kit/use-media.ts';
import { type EventFilter, toHash } from '../route.ts';
import { goTo } from '../use-route.ts';
import { EventList } from './event-list.tsx';
import { EventView } from './event-view.tsx';
import { useEventPages } from './use-event-pages.ts';

export interface EventsProps {
  readonly filter: EventFilter;
  /** The event that is shown beside the list, or alone where there is no room for both. */
  readonly id: string | undefined;
  readonly live: Live;
  readonly onPick: (text: string) => void;
}

/** The list of events and one of them, side by side. `j` and `k` go through them. */
export function Events({ filter, id, live, onPick }: EventsProps) {
  const pages = useEventPages(filter, live);
  const wide = useMedia('(min-width: 1000px)');
  const { events = [] } = pages;
  const place = events.findIndex((event) => event.id === id);

  function step(by: number): void {
    const next = events[place === -1 ? 0 : place + by];
    if (!next) return;
    goTo({ view: 'event', id: next.id, filter }, { replace: id !== undefined });
    document.getElementById(`event-${next.id}`)?.scrollIntoView({ block: 'nearest' });
  }
  useKeys({ j: () => step(1), k: () => step(-1) });

  const isListed = wide || id === undefined;
  const back = toHash({ view: 'events', filter });
  // One tree for all: what somebody writes in it stays when a window changes its width, or an event is opened.
  return (
    <div class={wide && id !== undefined ? 'split' : 'unsplit'}>
      {isListed && <EventList key="list" filter={filter} pages={pages} chosen={id} live={live} onPick={onPick} />}
      {id !== undefined && <EventView key={id} id={id} back={back} filter={filter} live={live} onPick={onPick} />}
    </div>
  );
}
