import { useEffect, useState } from 'preact/hooks';
import { eventStates } from '../../core/event/event.ts';
import type { Endpoint } from '../api/shapes.ts';
import type { EventFilter } from '../route.ts';

export interface EventFiltersProps {
  readonly filter: EventFilter;
  readonly endpoints: readonly Endpoint[];
  readonly onChange: (filter: EventFilter) => void;
}

/** Milliseconds of rest before words are looked for. */
const REST = 250;

export function EventFilters({ filter, endpoints, onChange }: EventFiltersProps) {
  const [words, setWords] = useState(filter.q ?? '');
  useEffect(() => setWords(filter.q ?? ''), [filter.q]);
  useEffect(() => {
    if (words === (filter.q ?? '')) return;
    const timer = setTimeout(() => onChange(withPart(filter, 'q', words)), REST);
    return () => clearTimeout(timer);
  }, [words]);

  return (
    <search class="filters">
      <input
        type="search"
        aria-label="Search events"
        placeholder="Title, source, person, delivery id…"
        value={words}
        onInput={({ currentTarget }) => setWords(currentTarget.value)}
      />
      <select
        aria-label="Endpoint"
        value={filter.endpoint ?? ''}
        onChange={({ currentTarget }) => onChange(withPart(filter, 'endpoint', currentTarget.value))}
      >
        <option value="">All endpoints</option>
        {endpoints.map(({ id, name }) => (
          <option key={id}>{name}</option>
        ))}
      </select>
      <select
        aria-label="State"
        value={filter.state ?? ''}
        onChange={({ currentTarget }) => onChange(withPart(filter, 'state', currentTarget.value))}
      >
        <option value="">All states</option>
        {eventStates.map((state) => (
          <option key={state}>{state}</option>
        ))}
      </select>
      {filter.batch && (
        <button
          type="button"
          aria-label="Show the events of all deliveries"
          onClick={() => onChange(withPart(filter, 'batch', ''))}
        >
          Of one delivery ×
        </button>
      )}
    </search>
  );
}

function withPart(filter: EventFilter, part: keyof EventFilter, value: string): EventFilter {
  const { [part]: _, ...rest } = filter;
  return value ? { ...rest, [part]: value } : rest;
}
