import { type Kysely, sql } from 'kysely';
import type { EventQuery, EventSummary } from '../../core/event/event.ts';
import type { Database } from './database.ts';
import { aside, drivingFilters, filtersOf, saidOf, within } from './event-conditions.ts';
import { summaryColumns, toSummary } from './event-rows.ts';
import { toCursor } from './row-id.ts';
import { type PageParts, type Span, searchQueries, spansOf, wordsOf } from './searching/search-page.ts';
import type { Tables } from './tables.ts';

/** The newest events that a query matches. Each way of asking walks one index from its end, so a page costs the same in any journal. */
export async function listEvents(
  { read, ...parts }: PageParts & Pick<Database, 'read'>,
  query: EventQuery,
): Promise<readonly EventSummary[]> {
  const events: EventSummary[] = [];
  for await (const span of spansOf({ read, ...parts }, query)) {
    const limit = query.limit - events.length;
    // An event that is decided between two looks would be in neither.
    const pages = await read(pageQueries(parts, { ...query, limit }, span));
    const rows = pages.flat().toSorted((a, b) => b.id - a.id);
    events.push(...rows.slice(0, limit).map(toSummary));
    if (events.length >= query.limit) break;
  }
  return events;
}

/** The queries whose newest rows together hold the page: what is decided, and what is not yet. A search may look at some ids only. */
export function pageQueries({ queries, search, bodySearch }: PageParts, query: EventQuery, span?: Span) {
  const { endpointId, endpointIds, state, source, subject, type, severity } = query;
  if (endpointIds?.length === 0) return [];
  if (query.batch !== undefined) return [inBatch(queries, query)];
  if (wordsOf(query) || query.body !== undefined) return searchQueries({ queries, search, bodySearch }, query, span);
  if (state === 'received')
    return [source, subject, severity].every((value) => value === undefined) ? [undecided(queries, query)] : [];
  if ([endpointId, endpointIds, state, source, subject, type, severity].every((value) => value === undefined))
    return [everything(queries, query)];
  const decidedOnly = [state, source, subject, severity].some((value) => value !== undefined);
  return decidedOnly ? [decided(queries, query)] : [decided(queries, query), undecided(queries, query)];
}

function everything(queries: Kysely<Tables>, query: EventQuery) {
  const page = queries
    .selectFrom('events')
    .leftJoin('decisions', 'decisions.event_id', 'events.id')
    .select([...summaryColumns, 'decisions.state', 'decisions.about_json']);
  return within(page, 'events.id', query);
}

/** The events of one delivery, which are few. */
function inBatch(queries: Kysely<Tables>, query: EventQuery) {
  let page = queries
    .selectFrom('events')
    .leftJoin('decisions', 'decisions.event_id', 'events.id')
    .select([...summaryColumns, 'decisions.state', 'decisions.about_json'])
    .where('events.batch_id', '=', toCursor('batch', query.batch ?? ''));
  for (const [name, value] of filtersOf(query)) {
    const column = name === 'endpoint_id' || name === 'type' ? aside(`events.${name}`) : aside(`decisions.${name}`);
    page = page.where(name === 'state' ? aside('decisions.state', 'received') : column, '=', value);
  }
  for (const condition of saidOf(query)) page = page.where(condition);
  if (query.endpointIds) page = page.where(aside('events.endpoint_id'), 'in', query.endpointIds);
  return within(page, 'events.id', query);
}

// Cross joins keep their order in SQLite: first the few that are undecided or found, newest first, then the rest of each.
function undecided(queries: Kysely<Tables>, query: EventQuery) {
  let page = queries
    .selectFrom('undecided')
    .crossJoin('events')
    .leftJoin('decisions', 'decisions.event_id', 'undecided.event_id')
    .select([...summaryColumns, 'decisions.state', 'decisions.about_json'])
    .whereRef('events.id', '=', 'undecided.event_id');
  if (query.endpointId !== undefined) page = page.where('events.endpoint_id', '=', query.endpointId);
  if (query.endpointIds) page = page.where('events.endpoint_id', 'in', query.endpointIds);
  if (query.type !== undefined) page = page.where('events.type', '=', query.type);
  return within(page, 'undecided.event_id', query);
}

function decided(queries: Kysely<Tables>, query: EventQuery) {
  const filters = filtersOf(query);
  const driving = drivingFilters(query);
  let page = queries
    .selectFrom('decisions')
    .innerJoin('events', 'events.id', 'decisions.event_id')
    .select([...summaryColumns, 'decisions.state', 'decisions.about_json']);
  for (const [name, value] of filters) {
    const column = `decisions.${name}` as const;
    page = page.where(driving.includes(name) ? sql.ref(column) : aside(column), '=', value);
  }
  for (const condition of saidOf(query)) page = page.where(condition);
  if (query.endpointIds) page = page.where(aside('decisions.endpoint_id'), 'in', query.endpointIds);
  return within(page, 'decisions.event_id', query);
}
