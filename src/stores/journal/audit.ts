import type { AuditLog } from '../../core/event/audit.ts';
import type { Database } from './database.ts';
import { toStatement } from './statement.ts';

export function createAuditLog({ queries, write }: Pick<Database, 'queries' | 'write'>): AuditLog {
  return {
    async add({ at, by, byName, action, endpointId, detail }) {
      const values = { at: at.getTime(), by, by_name: byName, action, endpoint_id: endpointId ?? null, detail };
      await write([toStatement(queries.insertInto('audit').values(values))]);
    },

    async list({ endpointId, limit }) {
      const rows = await queries
        .selectFrom('audit')
        .selectAll()
        .$if(endpointId !== undefined, (rest) => rest.where('endpoint_id', '=', endpointId ?? ''))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        at: new Date(row.at),
        by: row.by,
        byName: row.by_name,
        action: row.action,
        ...(row.endpoint_id !== null && { endpointId: row.endpoint_id }),
        detail: row.detail,
      }));
    },
  };
}
