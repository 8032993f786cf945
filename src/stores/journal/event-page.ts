import { type Expression, type Kysely, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { EventQuery, EventSummary } from '../../core/event/event.ts';
import { wantedWords } from '../../core/text/search-words.ts';
import type { Database } from './database.ts';
import { summaryColumns, toSummary } from './event-rows.ts';
import { toCursor } from './row-id.ts';
import type { Tables } from './tables.ts';

// Ids grow with time, but two deliveries may swap places and a clock may be set back a little.
const DISORDER = 10 * 60_000;

/** More words hardly narrow a search. */
const WORD_LIMIT = 12;

type PageParts = Pick<Database, 'queries' | 'search' | 'bodySearch'>;

/** The newest events that a query matches. Each way of asking walks one index from its end, so a page costs the same in any journal. */
export async function listEvents(
  { read, ...parts }: PageParts & Pick<Database, 'read'>,
  query: EventQuery,
): Promise<readonly EventSummary[]> {
  // An event that is decided between two looks would be in neither.
  const pages = await read(pageQueries(parts, query));
  const rows = pages.flat().toSorted((a, b) => b.id - a.id);
  return rows.slice(0, query.limit).map(toSummary);
}

/** The queries whose newest rows together hold the page: what is decided, and what is not yet. */
export function pageQueries({ queries, search, bodySearch }: PageParts, query: EventQuery) {
  const { endpointId, endpointIds, state, source, subject, type, actor, severity } = query;
  if (endpointIds?.length === 0) return [];
  if (query.batch !== undefined) return [inBatch(queries, query)];
  // Nobody's name is in an index of its own, but the words of everybody's are searched.
  const words = query.q?.trim() || actor;
  if (query.body !== undefined) return foundByBody({ queries, search, bodySearch }, query, words);
  if (words) {
    const matches = search.matches(words);
    return matches && query.state !== 'received'
      ? [found(queries, query, { table: 'search', ...search, matches })]
      : [];
  }
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

/** Where events are found by words, and by which. */
interface Found {
  readonly table: 'search' | 'body_search';
  readonly eventId: string;
  readonly matches: Expression<SqlBool>;
}

function foundByBody({ queries, search, bodySearch }: PageParts, query: EventQuery, words: string | undefined) {
  const { endpointId, endpointIds, state } = query;
  const wanted = wantedWords(query.body ?? '', WORD_LIMIT);
  const also = words ? search.matches(words) : undefined;
  if (wanted.length === 0 || (words && !also) || state === 'received') return [];
  const matches = bodySearch.matches(wanted, endpointId === undefined ? endpointIds : [endpointId]);
  const page = found(queries, query, { table: 'body_search', eventId: bodySearch.eventId, matches });
  if (!also) return [page];
  const inWords = queries.selectFrom('search').select(sql.ref<number>(search.eventId).as('id')).where(also);
  return [page.where('events.id', 'in', inWords)];
}

function found(queries: Kysely<Tables>, query: EventQuery, { table, eventId, matches }: Found) {
  let page = queries
    .selectFrom(table)
    .crossJoin('decisions')
    .crossJoin('events')
    .select([...summaryColumns, 'decisions.state', 'decisions.about_json'])
    .where(matches)
    .whereRef('decisions.event_id', '=', sql.ref(eventId))
    .whereRef('events.id', '=', sql.ref(eventId));
  for (const [name, value] of filtersOf(query)) page = page.where(aside(`decisions.${name}`), '=', value);
  for (const condition of saidOf(query)) page = page.where(condition);
  if (query.endpointIds) page = page.where(aside('decisions.endpoint_id'), 'in', query.endpointIds);
  return within(page, eventId, query);
}

type Filter = 'endpoint_id' | 'state' | 'source' | 'subject' | 'type';

function filtersOf({ endpointId, state, source, subject, type }: EventQuery): readonly (readonly [Filter, string])[] {
  const filters = [
    ['endpoint_id', endpointId],
    ['state', state],
    ['source', source],
    ['subject', subject],
    ['type', type],
  ] as const;
  return filters.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** Filters by what the about says, which has no column of its own. */
function saidOf({ severity, actor }: EventQuery) {
  return [
    ...(severity === undefined ? [] : [sql<SqlBool>`${SEVERITY} = ${severity}`]),
    ...(isGrave(severity) ? [GRAVE] : []),
    ...(actor === undefined ? [] : [sql<SqlBool>`coalesce(decisions.about_json ->> 'actor', '') = ${actor}`]),
  ];
}

/** Severities that few events have; the index `decisions_severity` has those alone, in these very words. */
const SEVERITY = sql`coalesce(decisions.about_json ->> 'severity', 'info')`;
const GRAVE = sql<SqlBool>`${SEVERITY} in ('critical', 'warning')`;

function isGrave(severity: EventQuery['severity']): boolean {
  return severity === 'critical' || severity === 'warning';
}

/** The filters whose index is walked: those that leave the fewest rows. Most events are posted or dropped, few are in any other state. */
function drivingFilters({ state, source, subject, type, severity }: EventQuery): readonly Filter[] {
  if (subject !== undefined) return ['subject'];
  if (source !== undefined) return ['source'];
  if (isGrave(severity)) return [];
  const common = state === 'posted' || state === 'dropped';
  if (state !== undefined && (type === undefined || !common)) return ['endpoint_id', 'state'];
  return type === undefined ? ['endpoint_id'] : ['endpoint_id', 'type'];
}

/** A page of rows by their ids, newest first. */
export function within<Row>(
  page: SelectQueryBuilder<Tables, keyof Tables, Row>,
  id: string,
  { before, since, until: latest, limit }: Pick<EventQuery, 'before' | 'since' | 'until' | 'limit'>,
) {
  const until = before === undefined ? undefined : toCursor('before', before);
  const column = sql.ref<number>(id);
  return page
    .$if(until !== undefined, (rest) => rest.where(column, '<', until ?? 0))
    .$if(since !== undefined, (rest) =>
      rest
        .where(column, '>', idBefore(since?.getTime() ?? 0))
        .where(aside('events.received_at', 0), '>=', since?.getTime() ?? 0),
    )
    .$if(latest !== undefined, (rest) =>
      rest
        .where(column, '<', idAfter(latest?.getTime() ?? 0))
        .where(aside('events.received_at', 0), '<=', latest?.getTime() ?? 0),
    )
    .orderBy(column, 'desc')
    .limit(limit);
}

/** The id of the newest event that is surely older than a moment. */
function idBefore(moment: number) {
  return sql<number>`coalesce((select id from events where received_at < ${moment - DISORDER} order by received_at desc limit 1), 0)`;
}

/** The id of the oldest event that is surely newer than a moment. */
function idAfter(moment: number) {
  return sql<number>`coalesce((select id from events where received_at > ${moment + DISORDER} order by received_at limit 1), ${Number.MAX_SAFE_INTEGER})`;
}

/** A column that is compared without walking its index, in any dialect. */
export function aside(column: string, empty: string | number = '') {
  return sql`coalesce(${sql.ref(column)}, ${empty})`;
}
