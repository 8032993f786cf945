import { sql } from 'kysely';
import type { Clock } from '../../../core/clock.ts';
import type { HeldStore } from '../../../core/event/held.ts';
import { PENDING_FOR } from '../../../core/settings/pending.ts';
import type { ByteSealer } from '../../shared/byte-sealer.ts';
import type { Database } from '../database.ts';
import { toBuffer } from '../event-rows.ts';
import { toStatement } from '../statement.ts';
import { fromBytes, toBytes } from './delivery-bytes.ts';

export interface HeldParts extends Pick<Database, 'queries' | 'write'> {
  readonly clock: Pick<Clock, 'now'>;
  /** Without it nothing is held. */
  readonly sealer?: ByteSealer;
}

const MEGABYTE = 1024 * 1024;
/** What pending endpoints hold at most, each and all together: anybody who has a URL can deliver there. */
export const HELD = {
  perEndpoint: { deliveries: 20, bytes: 5 * MEGABYTE },
  inAll: { deliveries: 500, bytes: 50 * MEGABYTE },
} as const;

const placeOf = (endpointId: string) => `held for ${endpointId}`;

/** Keeps held deliveries sealed, as proofs are: their signatures could be sent again by whoever reads the journal. */
export function createHeldStore({
  queries,
  write,
  clock,
  sealer,
}: HeldParts): HeldStore & { forgetOld(): Promise<void> } {
  const ofEndpoint = (endpointId: string) => queries.selectFrom('held').where('endpoint_id', '=', endpointId);

  async function count(endpointId: string): Promise<number> {
    const row = await ofEndpoint(endpointId)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirst();
    return Number(row?.total ?? 0);
  }

  return {
    async add(endpointId, delivery) {
      if (!sealer) return undefined;
      const sealed = sealer.seal(toBytes(delivery), placeOf(endpointId));
      const size = sealed.length;
      const { perEndpoint, inAll } = HELD;
      // Counted where it is inserted, so that many that come at once are not more than may be.
      const insert = sql<{ id: number }>`
        insert into held (endpoint_id, at, size, sealed)
        select ${endpointId}, ${delivery.receivedAt.getTime()}, ${size}, ${new Uint8Array(sealed)}
        where (select count(*) from held where endpoint_id = ${endpointId}) < ${perEndpoint.deliveries}
          and (select coalesce(sum(size), 0) from held where endpoint_id = ${endpointId}) + ${size} <= ${perEndpoint.bytes}
          and (select count(*) from held) < ${inAll.deliveries}
          and (select coalesce(sum(size), 0) from held) + ${size} <= ${inAll.bytes}
        returning id`;
      const all = ofEndpoint(endpointId).select(({ fn }) => fn.countAll<number>().as('number'));
      const statements = [toStatement({ compile: () => insert.compile(queries) }), toStatement(all)];
      const [added = [], [counted] = []] = await write(statements);
      return added.length > 0 ? Number(counted?.number) : undefined;
    },

    async list(endpointId) {
      const rows = await ofEndpoint(endpointId).selectAll().orderBy('id').execute();
      return rows.flatMap(({ id, sealed }) => {
        const bytes = sealer?.open(toBuffer(sealed), placeOf(endpointId));
        return bytes ? [{ id: String(id), delivery: fromBytes(bytes) }] : [];
      });
    },

    count,

    async remove(ids) {
      if (ids.length) await write([toStatement(queries.deleteFrom('held').where('id', 'in', ids.map(Number)))]);
    },

    async forget(endpointIds) {
      if (endpointIds.length)
        await write([toStatement(queries.deleteFrom('held').where('endpoint_id', 'in', endpointIds))]);
    },

    async forgetOld() {
      const oldest = clock.now().getTime() - PENDING_FOR;
      await write([toStatement(queries.deleteFrom('held').where('at', '<=', oldest))]);
    },
  };
}
