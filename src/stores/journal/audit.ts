import type { AuditLog } from '../../core/event/audit.ts';
import type { Database } from './database.ts';
import { toCursor } from './row-id.ts';
import { toStatement } from './statement.ts';

export function createAuditLog({ queries, write }: Pick<Database, 'queries' | 'write'>): AuditLog {
  return {
    async add({ at, by, byName, from, action, endpointId, detail, before, after }) {
      const values = {
        at: at.getTime(),
        by,
        by_name: byName,
        asked_in: from ?? null,
        action,
        endpoint_id: endpointId ?? null,
        detail,
        before_text: before ?? null,
        after_text: after ?? null,
      };
      await write([toStatement(queries.insertInto('audit').values(values))]);
    },

    async list({ endpointId, before, limit }) {
      const rows = await queries
        .selectFrom('audit')
        .selectAll()
        .$if(endpointId !== undefined, (rest) => rest.where('endpoint_id', '=', endpointId ?? ''))
        .$if(before !== undefined, (rest) => rest.where('id', '<', toCursor('before', before ?? '')))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: String(row.id),
        at: new Date(row.at),
        by: row.by,
        byName: row.by_name,
        ...(row.asked_in !== null && { from: row.asked_in }),
        action: row.action,
        ...(row.endpoint_id !== null && { endpointId: row.endpoint_id }),
        detail: row.detail,
        ...(row.before_text !== null && { before: row.before_text }),
        ...(row.after_text !== null && { after: row.after_text }),
      }));
    },
  };
}
