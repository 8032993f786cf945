import { useRef } from 'preact/hooks';
import { eventStates } from '../../core/event/event.ts';
import { severities } from '../../core/message/severity.ts';
import type { Endpoint, EventSummary } from '../api/shapes.ts';
import type { EventFilter } from '../route.ts';
import { SettledInput } from './settled-input.tsx';

export interface EventFiltersProps {
  readonly filter: EventFilter;
  readonly endpoints: readonly Endpoint[];
  /** Those in sight, whose values are suggested. */
  readonly events: readonly EventSummary[];
  readonly onChange: (filter: EventFilter) => void;
}

export function EventFilters({ filter, endpoints, events, onChange }: EventFiltersProps) {
  // Several parts may be changed before the address has any of them.
  const latest = useRef(filter);
  latest.current = filter;
  function change(part: keyof EventFilter, value: string): void {
    latest.current = withPart(latest.current, part, value);
    onChange(latest.current);
  }
  const select = (part: keyof EventFilter, label: string, all: string, choices: readonly string[]) => (
    <select
      aria-label={label}
      value={filter[part] ?? ''}
      onChange={({ currentTarget }) => change(part, currentTarget.value)}
    >
      <option value="">{all}</option>
      {choices.map((choice) => (
        <option key={choice}>{choice}</option>
      ))}
    </select>
  );
  const input = (part: keyof EventFilter, label: string, suggestions: readonly (string | undefined)[]) => (
    <SettledInput
      label={label}
      value={filter[part] ?? ''}
      suggestions={[...new Set(suggestions.filter((value) => value !== undefined))].toSorted()}
      onChange={(value) => change(part, value)}
    />
  );
  const day = (part: 'since' | 'until', label: string) => (
    <label class="pick-day">
      {label}
      <input
        type="date"
        value={filter[part] ?? ''}
        onChange={({ currentTarget }) => change(part, currentTarget.value)}
      />
    </label>
  );
  const more = (['severity', 'source', 'type', 'actor', 'since', 'until'] as const).filter((part) => filter[part]);

  return (
    <search class="filters">
      <SettledInput
        label="Search events"
        type="search"
        placeholder="Title, source, person, delivery id…"
        value={filter.q ?? ''}
        onChange={(value) => change('q', value)}
      />
      {select(
        'endpoint',
        'Endpoint',
        'All endpoints',
        endpoints.map(({ name }) => name),
      )}
      {select('state', 'State', 'All states', eventStates)}
      <details class="more-filters" open={more.length > 0}>
        <summary>More filters{more.length > 0 && ` (${more.length})`}</summary>
        <div class="filter-grid">
          {select('severity', 'Severity', 'All severities', severities)}
          {input(
            'source',
            'Source',
            events.map(({ about }) => about?.source),
          )}
          {input(
            'type',
            'Type',
            events.map(({ type }) => type),
          )}
          {input(
            'actor',
            'Who',
            events.map(({ about }) => about?.actor),
          )}
          {day('since', 'From')}
          {day('until', 'To')}
        </div>
      </details>
      {filter.batch && (
        <button type="button" aria-label="Show the events of all deliveries" onClick={() => change('batch', '')}>
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
