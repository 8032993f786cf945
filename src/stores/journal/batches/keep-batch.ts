import { sql } from 'kysely';
import { withPart } from '../../../core/delivery/part-delivery.ts';
import type { HookEvent, NewBatch, NewEvent, NewPart } from '../../../core/event/event.ts';
import type { Database } from '../database.ts';
import {
  type EventValues,
  eventColumns,
  prepareRepeat,
  type RepeatValues,
  toRepeat,
  toRepeatLock,
  toValues,
  withPlainText,
} from '../event-statements.ts';
import { prepare } from '../prepare.ts';
import type { Row, Statement } from '../statement.ts';
import { removeEmpty } from './remove-empty.ts';

interface BatchValues extends RepeatValues {
  readonly headers: string;
  readonly body: Uint8Array;
}

interface PartValues extends EventValues, BatchName {
  readonly place: string;
  readonly part: string;
}

interface BatchName {
  readonly endpointId: string;
  readonly batchKey: string;
}

/** The batch that is being kept: no other of its name is kept meanwhile. */
function newest(queries: Database['queries'], { endpointId, batchKey }: BatchName) {
  const named = queries
    .selectFrom('batches')
    .select(({ fn }) => fn.max('id').as('id'))
    .where('endpoint_id', '=', endpointId)
    .where('repeat_key', '=', batchKey);
  return sql<number>`(${named})`;
}

const NOTHING = Buffer.alloc(0);

/** Keeps a delivery of several events: once what came, and a row for each event that is not a repeat. */
export function createBatchKeeper({ queries, write, bodyIn }: Pick<Database, 'queries' | 'write' | 'bodyIn'>) {
  const findRepeat = prepareRepeat(queries);
  const { findBatch, insertBatch, insertPart, dropEmpty } = prepareBatch({ queries, bodyIn });

  return async (batch: NewBatch, before: readonly Statement[]): Promise<readonly HookEvent[]> => {
    const values = { ...toRepeat(batch), headers: JSON.stringify(batch.headers), body: batch.body };
    const parts = batch.parts.map((part) => ({ ...part, event: toNewEvent(batch, part) }));
    const keeping = parts.flatMap(({ event, place, part }) => {
      const own = { ...toValues(event), batchKey: values.name, place, part: JSON.stringify(part) };
      return [{ ...findRepeat(own), guards: 1, locks: toRepeatLock(own) }, insertPart(own)];
    });
    const results = await write([
      ...before,
      { ...findBatch(values), guards: keeping.length + 2, locks: `batch ${toRepeatLock(values)}` },
      insertBatch(values),
      ...keeping,
      dropEmpty({ endpointId: values.endpointId, batchKey: values.name }),
    ]);
    const [, [made] = [], ...kept] = results.slice(before.length);
    if (made === undefined) return [];
    return parts.flatMap(({ event, alone, part }, index) => {
      const id = idOf(kept[2 * index + 1]);
      if (id === undefined) return [];
      const { repeatKey: _, repeatWindow: __, ...known } = event;
      return [{ ...known, ...withPart(batch, alone), id, part: { ...part, batch: String(made.id) } }];
    });
  };
}

function prepareBatch({ queries, bodyIn }: Pick<Database, 'queries' | 'bodyIn'>) {
  return {
    findBatch: prepare<BatchValues>((slots) =>
      queries
        .selectFrom('batches')
        .select('id')
        .where('endpoint_id', '=', slots.endpointId)
        .where('repeat_key', '=', slots.name)
        .where('received_at', '>', slots.repeatsAfter)
        .limit(1),
    ),

    insertBatch: prepare<BatchValues>(
      (slots) =>
        queries.insertInto('batches').values({
          endpoint_id: slots.endpointId,
          repeat_key: slots.name,
          received_at: slots.receivedAt,
          headers_json: slots.headers,
          body: bodyIn(slots.body),
        }),
      'id',
    ),

    insertPart: prepare<PartValues>(
      (slots) =>
        queries.insertInto('events').values({
          ...eventColumns(slots, bodyIn),
          batch_id: newest(queries, slots),
          part_place: slots.place,
          part_json: slots.part,
        }),
      'id',
    ),

    dropEmpty: prepare<BatchName>((slots) => removeEmpty(queries, newest(queries, slots)), 'nothing'),
  };
}

/** An event without what its batch has: headers and body. */
function toNewEvent(
  { parts: _, ...batch }: NewBatch,
  { place: __, part: ___, alone: ____, ...name }: NewPart,
): NewEvent {
  const { repeatKey: _____, ...shared } = batch;
  return withPlainText({ ...shared, ...name, headers: {}, body: NOTHING });
}

function idOf(rows: readonly Row[] | undefined): string | undefined {
  const id = rows?.[0]?.id;
  return typeof id === 'number' ? String(id) : undefined;
}
