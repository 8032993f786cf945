import { sql } from 'kysely';
import type { PastQuery, StoredEvent } from '../../core/event/event.ts';
import type { Arrivals } from '../../core/event/noted/silence.ts';
import { DAY, MINUTE } from '../../core/text/duration.ts';
import type { Parts } from './batches/parts.ts';
import type { Database } from './database.ts';
import { aside, within } from './event-conditions.ts';
import { decisionColumns, eventColumns, toStoredEvent } from './event-rows.ts';

/** Decisions that are looked at to count what rules have hidden. */
const COUNTED = 20_000;

/** A page of an endpoint's decided events, each with its body. */
export async function pastEvents(
  { queries, read, bodyOut }: Pick<Database, 'queries' | 'read' | 'bodyOut'>,
  parts: Pick<Parts, 'read'>,
  { endpointId, maxBytes, ...query }: PastQuery,
): Promise<readonly StoredEvent[]> {
  const page = queries
    .selectFrom('decisions')
    .innerJoin('events', 'events.id', 'decisions.event_id')
    .select([...eventColumns(bodyOut), ...decisionColumns])
    .where('decisions.endpoint_id', '=', endpointId);
  const [rows] = await read([within(page, 'decisions.event_id', query)], maxBytes === undefined ? {} : { maxBytes });
  const events: StoredEvent[] = [];
  for (const row of rows) events.push({ ...toStoredEvent(row), ...(await parts.read(row)) });
  return events;
}

/**
 * When an endpoint's deliveries arrived, by the minute. The events of one delivery count once, and handshakes not at all. It is
 * read a day at a time, so that other readers get in between.
 */
export async function findArrivals(
  { queries, read }: Pick<Database, 'queries' | 'read'>,
  endpointId: string,
  { since, until }: { readonly since: Date; readonly until: Date },
): Promise<readonly Arrivals[]> {
  const minute = sql<number>`received_at / ${sql.lit(MINUTE)}`;
  const found: Arrivals[] = [];
  for (let from = since.getTime(); from < until.getTime(); from += DAY) {
    const to = Math.min(from + DAY, until.getTime());
    const arrivals = queries
      .selectFrom('events')
      .select([
        sql<number>`min(received_at)`.as('first'),
        sql<number>`max(received_at)`.as('last'),
        sql<number>`count(distinct coalesce(batch_id, -id))`.as('total'),
      ])
      .where('received_at', '>=', from)
      .where('received_at', '<', to)
      .where(aside('events.endpoint_id'), '=', endpointId)
      .where('type', '!=', 'handshake')
      // What a person edited and sent is not a sign of life.
      .where('verification_json', 'not like', '%"edited":%')
      .groupBy(minute)
      .orderBy(minute);
    const [rows] = await read([arrivals]);
    for (const { first, last, total } of rows)
      found.push({ from: Number(first), to: Number(last), count: Number(total) });
  }
  return found;
}

/** How many of an endpoint's newest events each rule has hidden: a decision names the rule by its id. */
export async function countHidden(
  { queries, read }: Pick<Database, 'queries' | 'read'>,
  endpointId: string,
  { ruleIds, since }: { readonly ruleIds: readonly string[]; readonly since?: Date | undefined },
): Promise<ReadonlyMap<string, number>> {
  const newest = queries
    .selectFrom('decisions')
    .select('decision_json')
    .where('endpoint_id', '=', endpointId)
    .$if(since !== undefined, (rest) => rest.where('decided_at', '>=', since?.toISOString() ?? ''))
    .orderBy('event_id', 'desc')
    .limit(COUNTED)
    .as('newest');
  const counts = ruleIds.map((id) =>
    queries
      .selectFrom(newest)
      .select(sql<number>`count(*)`.as('total'))
      .where('newest.decision_json', 'like', `%"ruleId":"${id.replaceAll(/[%_\\]/g, '')}"%`),
  );
  const totals = await read(counts);
  return new Map(ruleIds.map((id, index) => [id, Number(totals[index]?.[0]?.total ?? 0)]));
}
