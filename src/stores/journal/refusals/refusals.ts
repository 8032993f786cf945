import type { Selectable } from 'kysely';
import type { Refusal, RefusalStore } from '../../../core/event/refusal.ts';
import type { Database } from '../database.ts';
import { parseJson, toBuffer } from '../event-rows.ts';
import { toRowId } from '../row-id.ts';
import { toStatement } from '../statement.ts';
import type { Tables } from '../tables.ts';
import type { ProofStore } from './proofs.ts';

const KEPT_PER_ENDPOINT = 100;
const BODY_LIMIT = 64 * 1024;

export interface RefusalParts extends Pick<Database, 'queries' | 'write'> {
  readonly proofs: ProofStore;
}

export function createRefusalStore({ queries, write, proofs }: RefusalParts): RefusalStore {
  return {
    async add({ endpointId, at, reason, status, method, headers, body, remoteAddress }, proof) {
      const insert = queries.insertInto('refusals').values({
        endpoint_id: endpointId,
        at: at.getTime(),
        reason,
        status,
        method,
        remote_address: remoteAddress,
        headers_json: JSON.stringify(headers),
        body: new Uint8Array(body.subarray(0, BODY_LIMIT)),
      });
      const ofEndpoint = queries.selectFrom('refusals').select('id').where('endpoint_id', '=', endpointId);
      const forget = queries
        .deleteFrom('refusals')
        .where('endpoint_id', '=', endpointId)
        .where('id', '<=', ofEndpoint.orderBy('id', 'desc').limit(1).offset(KEPT_PER_ENDPOINT));
      const proven = proof ? proofs.toStatements(endpointId, proof) : [];
      // A proof is for the newest.
      const locks = `refusals of ${endpointId}`;
      await write([{ ...toStatement(insert), locks }, toStatement(forget), ...proven]);
    },

    async get(id) {
      const number = toRowId(id);
      if (number === undefined) return undefined;
      const row = await queries.selectFrom('refusals').selectAll().where('id', '=', number).executeTakeFirst();
      return row && toRefusal(row);
    },

    async list({ endpointId, before, limit }) {
      const rows = await queries
        .selectFrom('refusals')
        .selectAll()
        .$if(endpointId !== undefined, (rest) => rest.where('endpoint_id', '=', endpointId ?? ''))
        .$if(before !== undefined, (rest) => rest.where('id', '<', toRowId(before ?? '') ?? 0))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toRefusal);
    },

    async tally(since) {
      const rows = await queries
        .selectFrom('refusals')
        .select((is) => [
          'endpoint_id',
          'reason',
          'status',
          is.fn.countAll<number>().as('count'),
          is.fn.max<number>('id').as('last_id'),
          is.fn.max<number>('at').as('last_at'),
        ])
        .where('at', '>=', since.getTime())
        .groupBy(['endpoint_id', 'reason', 'status'])
        .orderBy('last_id', 'desc')
        .execute();
      return rows.map((row) => ({
        endpointId: row.endpoint_id,
        reason: row.reason,
        status: row.status,
        count: Number(row.count),
        lastId: String(row.last_id),
        lastAt: new Date(Number(row.last_at)),
      }));
    },

    async proof(id) {
      const number = toRowId(id);
      return number === undefined ? undefined : proofs.find(number);
    },
    proven: proofs.of,
    forget: proofs.forget,
  };
}

function toRefusal(row: Selectable<Tables['refusals']>): Refusal {
  return {
    id: String(row.id),
    endpointId: row.endpoint_id,
    at: new Date(row.at),
    reason: row.reason,
    status: row.status,
    method: row.method,
    headers: parseJson(row.headers_json),
    body: toBuffer(row.body),
    remoteAddress: row.remote_address,
  };
}
