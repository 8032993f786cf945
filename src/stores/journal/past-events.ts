import { sql } from 'kysely';
import type { PastQuery, StoredEvent } from '../../core/event/event.ts';
import type { Parts } from './batches/parts.ts';
import type { Database } from './database.ts';
import { within } from './event-page.ts';
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

/** How many of an endpoint's newest events each rule has hidden: a decision names the rule by its id. */
export async function countHidden(
  { queries, read }: Pick<Database, 'queries' | 'read'>,
  endpointId: string,
  ruleIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const newest = queries
    .selectFrom('decisions')
    .select('decision_json')
    .where('endpoint_id', '=', endpointId)
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
