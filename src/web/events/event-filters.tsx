import { useEffect, useRef, useState } from 'preact/hooks';
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
  const [inBodies, setInBodies] = useState(Boolean(filter.body));
  // The address may come to say where words are looked for.
  useEffect(() => {
    if (Boolean(filter.q) !== Boolean(filter.body)) setInBodies(Boolean(filter.body));
  }, [filter.q, filter.body]);
  const [asked, other] = inBodies ? (['body', 'q'] as const) : (['q', 'body'] as const);
  function change(part: keyof EventFilter, value: string): void {
    latest.current = withPart(latest.current, part, value);
    onChange(latest.current);
  }
  /** What was looked for stays, and is looked for there. */
  function turn(): void {
    const words = latest.current[asked] ?? '';
    setInBodies(!inBodies);
    if (!words) return;
    latest.current = withPart(latest.current, asked, '');
    change(other, words);
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
      <div class="search-field">
        <SettledInput
          label={inBodies ? 'Search in bodies' : 'Search events'}
          type="search"
          placeholder={inBodies ? 'Whole words of the payload, or inv*…' : 'Title, source, person, delivery id…'}
          value={filter[asked] ?? ''}
          onChange={(value) => change(asked, value)}
        />
        <label class="in-bodies">
          <input type="checkbox" checked={inBodies} onChange={turn} />
          In bodies
        </label>
      </div>
      {filter[other] && (
        <button type="button" aria-label="Look for these words no longer" onClick={() => change(other, '')}>
          {inBodies ? 'Title' : 'Body'}: {filter[other]} ×
        </button>
      )}
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
