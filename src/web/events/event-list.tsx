import { useEffect, useRef, useState } from 'preact/hooks';
import { editedWords } from '../../core/event/editing/edited.ts';
import { partWords } from '../../core/event/part-words.ts';
import type { Live } from '../api/live.ts';
import { loadEndpoints } from '../api/load-endpoints.ts';
import type { EventSummary } from '../api/shapes.ts';
import { Empty, Example } from '../kit/empty.tsx';
import { Failure } from '../kit/failure.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { fullTime, Moment } from '../kit/time.tsx';
import { useResource } from '../kit/use-resource.ts';
import { Words } from '../kit/words.tsx';
import { RefusedLately } from '../refusals/refused-lately.tsx';
import { useRefused } from '../refusals/use-refused.ts';
import { type EventFilter, toHash } from '../route.ts';
import { goTo } from '../use-route.ts';
import { EventFilters } from './event-filters.tsx';
import { ReplayMany } from './replay/replay-many.tsx';
import { SeverityMark } from './severity-mark.tsx';
import { StateMark } from './state-mark.tsx';
import type { EventPages } from './use-event-pages.ts';

export interface EventListProps {
  readonly filter: EventFilter;
  readonly pages: EventPages;
  /** The event that is shown beside it. */
  readonly chosen: string | undefined;
  readonly live: Live;
  readonly onPick: (text: string) => void;
}

/** Everything that arrived and was kept, newest first. */
export function EventList({ filter, pages, chosen, live, onPick }: EventListProps) {
  const { content: endpoints = [] } = useResource('endpoints', loadEndpoints);
  const { events, problem, gaps, more, loading, loadMore, reload } = pages;
  const refused = useRefused(live, filter.endpoint);
  const [marked, setMarked] = useState<ReadonlySet<string>>();
  const filtered = Object.keys(filter).length > 0;

  return (
    <section class="page" aria-labelledby="events-title">
      <header class="page-head">
        <h1 id="events-title">Events</h1>
        <span class="page-links">
          {filter.endpoint && <a href={toHash({ view: 'templates', endpoint: filter.endpoint })}>Its templates</a>}
          <a href={toHash({ view: 'refusals', endpoint: filter.endpoint })}>Refused deliveries</a>
        </span>
      </header>
      <EventFilters
        filter={filter}
        endpoints={endpoints}
        events={events ?? []}
        onChange={(next) =>
          goTo(chosen === undefined ? { view: 'events', filter: next } : { view: 'event', id: chosen, filter: next }, {
            replace: true,
          })
        }
      />
      <RefusedLately refused={refused} onPick={onPick} />
      {events && events.length > 0 && <ReplayMany filter={filter} marked={marked} onMark={setMarked} live={live} />}
      {problem && <Failure message={problem} onRetry={reload} />}
      {gaps && (
        <p class="hint" role="status">
          <Words text={gaps.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, fullTime)} />
        </p>
      )}
      {!events && !problem && <Skeleton rows={8} label="Loading events" />}
      {events?.length === 0 && (filtered ? <NothingFound /> : <NothingYet onPick={onPick} />)}
      {events && events.length > 0 && (
        <ol class="rows" aria-label="Events">
          {events.map((event) => (
            <EventRow
              key={event.id}
              event={event}
              filter={filter}
              chosen={event.id === chosen}
              marked={marked?.has(event.id)}
              onMark={() => setMarked((now = new Set()) => now.symmetricDifference(new Set([event.id])))}
            />
          ))}
        </ol>
      )}
      {more && <More loading={loading} onMore={loadMore} />}
    </section>
  );
}

interface EventRowProps {
  readonly event: EventSummary;
  readonly filter: EventFilter;
  readonly chosen: boolean;
  /** Whether it is marked; nothing while none can be. */
  readonly marked: boolean | undefined;
  readonly onMark: () => void;
}

function EventRow({ event, filter, chosen, marked, onMark }: EventRowProps) {
  const { about } = event;
  return (
    <li id={`event-${event.id}`} class={marked === undefined ? undefined : 'markable'}>
      {marked !== undefined && (
        <input type="checkbox" aria-label={`Mark event ${event.id}`} checked={marked} onChange={onMark} />
      )}
      <a class="row" href={toHash({ view: 'event', id: event.id, filter })} aria-current={chosen ? 'true' : undefined}>
        <span class={`severity severity-${about?.severity ?? 'info'}`} aria-hidden="true" />
        <span class="row-title">
          <SeverityMark about={about} />
          {about?.title ?? event.type}
        </span>
        <span class="row-detail">
          {event.id} · {event.endpoint} · {event.type}
          {about?.source && ` · ${about.source}`}
          {about?.actor && ` · ${about.actor}`}
          {event.part && ` · ${partWords(event.part)}`}
          {about?.edited && ` · ${editedWords(about.edited)}`}
        </span>
        <StateMark state={event.state} />
        <Moment iso={event.receivedAt} seconds />
      </a>
    </li>
  );
}

/** Asks for the next page when it comes into view, or when it is pressed. */
function More({ loading, onMore }: { readonly loading: boolean; readonly onMore: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), {
      rootMargin: '300px',
    });
    if (button.current) observer.observe(button.current);
    return () => observer.disconnect();
  }, [loading]);
  return (
    <button type="button" class="older" ref={button} disabled={loading} onClick={onMore}>
      {loading ? 'Loading…' : 'Show older events'}
    </button>
  );
}

function NothingFound() {
  return (
    <Empty title="No event matches">
      <p>
        Search for fewer words, or <a href={toHash({ view: 'events', filter: {} })}>show all events</a>.
      </p>
    </Empty>
  );
}

function NothingYet({ onPick }: { readonly onPick: (text: string) => void }) {
  return (
    <Empty title="Nothing has arrived yet">
      <p>Make an endpoint, then send it a sample to see each step.</p>
      <p class="examples">
        <Example text="/webhook new github" onPick={onPick} />
        <Example text="/webhook test github" onPick={onPick} />
      </p>
    </Empty>
  );
}
