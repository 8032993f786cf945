import type { Parsed } from '../../../core/delivery/delivery.ts';
import { parseDelivery } from '../../../core/delivery/parse-delivery.ts';
import { type PartDelivery, toPartDelivery } from '../../../core/delivery/part-delivery.ts';
import type { HookEvent } from '../../../core/event/event.ts';
import type { Database } from '../database.ts';
import { type EventRow, parseJson, toBuffer, toEvent } from '../event-rows.ts';

/** Gives events of batches what they would be delivered with alone. */
export interface Parts {
  /** The events of rows, oldest first; no more than their bodies leave room for, but the first in any case. */
  complete(rows: readonly EventRow[], maxBytes?: number): Promise<readonly HookEvent[]>;
  /** What an event has that is one of several; nothing where it came alone. */
  read(row: EventRow): Promise<PartDelivery | undefined>;
  /** The delivery that it came in. */
  whole(row: EventRow): Promise<PartDelivery | undefined>;
}

export function createParts({ queries, bodyOut }: Pick<Database, 'queries' | 'bodyOut'>): Parts {
  // The events of a batch are read one after the other.
  let last: { readonly id: number; readonly delivery: WeakRef<Parsed> } | undefined;

  async function load(row: EventRow): Promise<Parsed | undefined> {
    const { batch_id: id } = row;
    if (id === null) return undefined;
    const known = last?.id === id ? last.delivery.deref() : undefined;
    if (known) return known;
    const batch = await queries
      .selectFrom('batches')
      .select(['headers_json', bodyOut('batches.body').as('body')])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!batch) return undefined;
    const headers = parseJson<HookEvent['headers']>(batch.headers_json);
    const delivery = parseDelivery({ ...toEvent(row), url: '', headers, body: toBuffer(batch.body) });
    last = { id, delivery: new WeakRef(delivery) };
    return delivery;
  }

  async function read(row: EventRow): Promise<PartDelivery | undefined> {
    const delivery = await load(row);
    return delivery && row.part_place !== null ? toPartDelivery(delivery, row.part_place) : undefined;
  }

  return {
    read,
    async complete(rows, maxBytes = Number.POSITIVE_INFINITY) {
      const events: HookEvent[] = [];
      let bytes = 0;
      for (const row of rows) {
        const event = { ...toEvent(row), ...(await read(row)) };
        bytes += event.body.length;
        if (events.length > 0 && bytes > maxBytes) break;
        events.push(event);
      }
      return events;
    },
    async whole(row) {
      const delivery = await load(row);
      return delivery && { headers: delivery.headers, body: delivery.body };
    },
  };
}
