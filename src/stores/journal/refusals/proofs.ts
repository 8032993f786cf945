import type { Clock } from '../../../core/clock.ts';
import type { Delivery } from '../../../core/delivery/delivery.ts';
import { DAY } from '../../../core/text/duration.ts';
import type { ByteSealer } from '../../shared/byte-sealer.ts';
import type { Database } from '../database.ts';
import { toBuffer } from '../event-rows.ts';
import { type Statement, toStatement } from '../statement.ts';
import { fromBytes, toBytes } from './delivery-bytes.ts';

export interface ProofParts extends Pick<Database, 'queries' | 'write'> {
  readonly clock: Pick<Clock, 'now'>;
  /** Without it no proof is kept. */
  readonly sealer?: ByteSealer;
}

/** Proofs that are kept: of each endpoint, of all together, for how long, and how large each may be. */
export const PROOFS = { perEndpoint: 5, inAll: 200, keptFor: DAY, mostBytes: 256 * 1024 } as const;

export type ProofStore = ReturnType<typeof createProofStore>;

/** The place a proof is sealed for: in the row of another endpoint it does not open. */
const placeOf = (endpointId: string) => `proof of ${endpointId}`;

/**
 * Keeps refused deliveries whole, with the signature that a refusal leaves out. A signature of a delivery that was never taken
 * could be sent again by whoever reads the journal, and a token would even let them sign others; so proofs are sealed with a key
 * that is not in the journal, few, gone after a day, and no list, page or export shows them.
 */
export function createProofStore({ queries, write, clock, sealer }: ProofParts) {
  const oldest = () => clock.now().getTime() - PROOFS.keptFor;
  return {
    /** What has to be written after the refusal, in the same commit. */
    toStatements(endpointId: string, proof: Delivery): readonly Statement[] {
      const bytes = sealer && toBytes(proof);
      if (!bytes || bytes.length > PROOFS.mostBytes) return [];
      const newest = queries
        .selectFrom('refusals')
        .select(({ fn }) => fn.max('id').as('id'))
        .where('endpoint_id', '=', endpointId);
      const insert = queries.insertInto('proofs').values({
        refusal_id: newest,
        endpoint_id: endpointId,
        at: proof.receivedAt.getTime(),
        sealed: new Uint8Array(sealer.seal(bytes, placeOf(endpointId))),
      });
      const all = queries.selectFrom('proofs').select('refusal_id').orderBy('refusal_id', 'desc').limit(1);
      return [
        toStatement(insert),
        toStatement(
          queries
            .deleteFrom('proofs')
            .where('endpoint_id', '=', endpointId)
            .where('refusal_id', '<=', all.where('endpoint_id', '=', endpointId).offset(PROOFS.perEndpoint)),
        ),
        toStatement(queries.deleteFrom('proofs').where('refusal_id', '<=', all.offset(PROOFS.inAll))),
      ];
    },

    async find(refusalId: number): Promise<Delivery | undefined> {
      const row = await queries
        .selectFrom('proofs')
        .selectAll()
        .where('refusal_id', '=', refusalId)
        .where('at', '>', oldest())
        .executeTakeFirst();
      const bytes = row && sealer?.open(toBuffer(row.sealed), placeOf(row.endpoint_id));
      return bytes && fromBytes(bytes);
    },

    async of(endpointId: string): Promise<readonly string[]> {
      const rows = await queries
        .selectFrom('proofs')
        .select('refusal_id')
        .where('endpoint_id', '=', endpointId)
        .where('at', '>', oldest())
        .orderBy('refusal_id', 'desc')
        .execute();
      return rows.map(({ refusal_id }) => String(refusal_id));
    },

    async forget(endpointIds: readonly string[]): Promise<void> {
      if (endpointIds.length)
        await write([toStatement(queries.deleteFrom('proofs').where('endpoint_id', 'in', endpointIds))]);
    },

    async forgetOld(): Promise<void> {
      await write([toStatement(queries.deleteFrom('proofs').where('at', '<=', oldest()))]);
    },
  };
}
