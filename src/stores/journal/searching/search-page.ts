import { type Expression, type SqlBool, sql } from 'kysely';
import type { EventQuery } from '../../../core/event/event.ts';
import { wantedWords } from '../../../core/text/search-words.ts';
import type { Database } from '../database.ts';
import { aside, drivingFilters, filtersOf, isGrave, saidOf, within } from '../event-conditions.ts';
import { summaryColumns } from '../event-rows.ts';
import { toCursor } from '../row-id.ts';

export type PageParts = Pick<Database, 'queries' | 'search' | 'bodySearch'>;

/** Ids from one on, up to another that is not among them. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Where events are found by words, and by which. */
interface Found {
  readonly table: 'search' | 'body_search';
  readonly eventId: string;
  readonly matches: Expression<SqlBool>;
}

const EVENT = 'decisions.event_id';
/** More words hardly narrow a search. */
const WORD_LIMIT = 12;
/** Ids that are looked at first, and how many times as many after each look that has not filled the page. */
const SPAN = { first: 4_000, growth: 4 } as const;

/** Words that are looked for in titles and the like. Nobody's name is in an index of its own, but the words of everybody's are searched. */
export function wordsOf({ q, actor }: EventQuery): string | undefined {
  return q?.trim() || actor;
}

/**
 * The spans in which a page is looked for, the newest first; one that is everything where nothing is gained by several. A search that
 * must agree with another one, or with an index of what was decided, reads as much of both: in a span that is bounded, and mostly the
 * newest one fills the page. Each begins at the newest id that can be found, and there is none where nothing can.
 */
export async function* spansOf(
  { read, ...parts }: PageParts & Pick<Database, 'read'>,
  query: EventQuery,
): AsyncGenerator<Span | undefined> {
  const isSearch = query.batch === undefined && (wordsOf(query) !== undefined || query.body !== undefined);
  if (!isSearch || !parts.bodySearch.isWalked || agreesWith(parts, query).length === 0) return yield undefined;
  let until = query.before === undefined ? Number.MAX_SAFE_INTEGER : toCursor('before', query.before);
  for (let size: number = SPAN.first; until > 0; size *= SPAN.growth) {
    const newest = await read(agreesWith(parts, query, { from: 0, until }).map((ids) => newestOf(ids, parts)));
    const last = Math.min(...newest.map(([row]) => row?.id ?? 0));
    const from = Math.max(0, last + 1 - size);
    if (last > 0) yield { from, until: last + 1 };
    until = from;
  }
}

/** The newest events that have the words; all of them, or those of a span. */
export function searchQueries(parts: PageParts, query: EventQuery, span?: Span) {
  const { endpointId, endpointIds, state } = query;
  const { search, bodySearch } = parts;
  const words = wordsOf(query);
  const inTitles = words ? search.matches(words) : undefined;
  if ((words && !inTitles) || state === 'received') return [];
  if (query.body === undefined)
    return inTitles
      ? [toPage(parts, query, { found: { table: 'search', eventId: search.eventId, matches: inTitles }, span })]
      : [];
  const wanted = wantedWords(query.body, WORD_LIMIT);
  if (wanted.length === 0) return [];
  const matches = bodySearch.matches(wanted, endpointId === undefined ? endpointIds : [endpointId]);
  return [toPage(parts, query, { found: { table: 'body_search', eventId: bodySearch.eventId, matches }, span })];
}

// Cross joins keep their order in SQLite: first what is found, newest first, then the rest of each.
function toPage(
  parts: PageParts,
  query: EventQuery,
  { found, span }: { readonly found: Found; readonly span: Span | undefined },
) {
  const { table, eventId, matches } = found;
  let page = parts.queries
    .selectFrom(table)
    .crossJoin('decisions')
    .crossJoin('events')
    .select([...summaryColumns, 'decisions.state', 'decisions.about_json'])
    .where(matches)
    .whereRef('decisions.event_id', '=', sql.ref(eventId))
    .whereRef('events.id', '=', sql.ref(eventId));
  // With a sign it is compared where it is found: SQLite would look each id up in the words, which takes it milliseconds.
  const id = parts.bodySearch.isWalked ? sql`+${sql.ref(eventId)}` : sql.ref('events.id');
  for (const ids of agreesWith(parts, query, span)) {
    page = page.where(sql<SqlBool>`${id} in (${ids})`);
  }
  for (const condition of inSpan(eventId, span)) page = page.where(condition);
  for (const [name, value] of filtersOf(query)) page = page.where(aside(`decisions.${name}`), '=', value);
  for (const condition of saidOf(query)) page = page.where(condition);
  if (query.endpointIds) page = page.where(aside('decisions.endpoint_id'), 'in', query.endpointIds);
  return within(page, eventId, query);
}

/**
 * Queries for ids that what is found must be among. They read one index alone, which costs far less than looking at each that
 * is found, and at some that are not.
 */
function agreesWith({ search, bodySearch }: Omit<PageParts, 'queries'>, query: EventQuery, span?: Span) {
  const words = query.body === undefined ? undefined : wordsOf(query);
  const inTitles = words ? search.matches(words) : undefined;
  const decided = bodySearch.isWalked ? indexedOf(query) : [];
  return [
    ...(inTitles ? [idsOf('search', search.eventId, [inTitles, ...inSpan(search.eventId, span)])] : []),
    ...(decided.length > 0 ? [idsOf('decisions', EVENT, [...decided, ...inSpan(EVENT, span)])] : []),
  ];
}

/** The conditions that an index of decisions answers by itself. The index of bodies knows endpoints, that of titles does not. */
function indexedOf(query: EventQuery): readonly Expression<SqlBool>[] {
  const driving = drivingFilters(query);
  const given = filtersOf(query).filter(([name]) => driving.includes(name));
  if (isGrave(query.severity) && given.length === 0)
    return saidOf({ ...(query.severity && { severity: query.severity }) });
  if (query.body !== undefined && given.every(([name]) => name === 'endpoint_id')) return [];
  return given.map(([name, value]) => sql<SqlBool>`${sql.ref(`decisions.${name}`)} = ${value}`);
}

function idsOf(table: string, column: string, conditions: readonly Expression<SqlBool>[]) {
  return sql<{
    readonly id: number;
  }>`select ${sql.ref(column)} as id from ${sql.table(table)} where ${sql.join(conditions, sql` and `)}`;
}

function newestOf(ids: ReturnType<typeof idsOf>, { queries }: Pick<PageParts, 'queries'>) {
  return { compile: () => sql<{ readonly id: number }>`${ids} order by 1 desc limit 1`.compile(queries) };
}

function inSpan(column: string, span: Span | undefined): readonly Expression<SqlBool>[] {
  const id = sql.ref(column);
  return span ? [sql<SqlBool>`${id} >= ${span.from}`, sql<SqlBool>`${id} < ${span.until}`] : [];
}
