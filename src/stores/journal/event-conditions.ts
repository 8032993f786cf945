import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { EventQuery } from '../../core/event/event.ts';
import { toCursor } from './row-id.ts';
import type { Tables } from './tables.ts';

// Ids grow with time, but two deliveries may swap places and a clock may be set back a little.
const DISORDER = 10 * 60_000;

export type Filter = 'endpoint_id' | 'state' | 'source' | 'subject' | 'type';

/** The columns of `decisions` that are compared, with what they must be. */
export function filtersOf({
  endpointId,
  state,
  source,
  subject,
  type,
}: EventQuery): readonly (readonly [Filter, string])[] {
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
export function saidOf({ severity, actor }: Pick<EventQuery, 'severity' | 'actor'>) {
  return [
    ...(severity === undefined ? [] : [sql<SqlBool>`${SEVERITY} = ${severity}`]),
    ...(isGrave(severity) ? [GRAVE] : []),
    ...(actor === undefined ? [] : [sql<SqlBool>`coalesce(decisions.about_json ->> 'actor', '') = ${actor}`]),
  ];
}

/** Severities that few events have; the index `decisions_severity` has those alone, in these very words. */
const SEVERITY = sql`coalesce(decisions.about_json ->> 'severity', 'info')`;
const GRAVE = sql<SqlBool>`${SEVERITY} in ('critical', 'warning')`;

export function isGrave(severity: EventQuery['severity']): boolean {
  return severity === 'critical' || severity === 'warning';
}

/** The filters whose index is walked: those that leave the fewest rows. Most events are posted or dropped, few are in any other state. */
export function drivingFilters({ state, source, subject, type, severity }: EventQuery): readonly Filter[] {
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
