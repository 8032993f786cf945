import type { Selectable } from 'kysely';
import type { LocalMessage, MessageStore } from '../../core/event/local-message.ts';
import type { Database } from './database.ts';
import { parseMessage } from './event-rows.ts';
import { toCursor, toRowId } from './row-id.ts';
import { toStatement } from './statement.ts';
import type { LocalMessageTable } from './tables.ts';

type MessageRow = Selectable<LocalMessageTable>;

export function createMessageStore({ queries, write }: Pick<Database, 'queries' | 'write'>): MessageStore {
  const find = (channel: string, nonce: string) =>
    queries.selectFrom('local_messages').selectAll().where('channel', '=', channel).where('nonce', '=', nonce);

  return {
    async add({ channel, thread, nonce, text, message, postedAt }) {
      const insert = queries
        .insertInto('local_messages')
        .values({
          channel,
          thread: thread ?? null,
          nonce,
          text,
          message_json: JSON.stringify(message),
          posted_at: postedAt.getTime(),
        })
        .onConflict((conflict) => conflict.columns(['channel', 'nonce']).doNothing());
      const name = queries
        .insertInto('local_channels')
        .values({ channel })
        .onConflict((conflict) => conflict.doNothing());
      const [, , found] = await write([toStatement(insert), toStatement(name), toStatement(find(channel, nonce))]);
      // The statement selects whole rows of this table.
      const row = found?.[0] as MessageRow | undefined;
      if (!row) throw new Error('A local message vanished while it was added.');
      return toLocalMessage(row);
    },

    async edit(id, { text, message, editedAt }) {
      const update = queries
        .updateTable('local_messages')
        .set({ text, message_json: JSON.stringify(message), edited_at: editedAt.getTime() })
        .where('id', '=', toRowId(id) ?? 0)
        .returningAll();
      const [changed] = await write([toStatement(update)]);
      const row = changed?.[0] as MessageRow | undefined;
      return row && toLocalMessage(row);
    },

    async find(channel, nonce) {
      const row = await find(channel, nonce).executeTakeFirst();
      return row && toLocalMessage(row);
    },

    async list({ channel, before, limit }) {
      const until = before === undefined ? undefined : toCursor('before', before);
      const rows = await queries
        .selectFrom('local_messages')
        .selectAll()
        .where('channel', '=', channel)
        .$if(until !== undefined, (rest) => rest.where('id', '<', until ?? 0))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.toReversed().map(toLocalMessage);
    },

    async channels() {
      const rows = await queries.selectFrom('local_channels').select('channel').orderBy('channel').execute();
      return rows.map(({ channel }) => channel);
    },
  };
}

function toLocalMessage(row: MessageRow): LocalMessage {
  return {
    id: String(row.id),
    channel: row.channel,
    ...(row.thread !== null && { thread: row.thread }),
    nonce: row.nonce,
    text: row.text,
    message: parseMessage(row.message_json),
    postedAt: new Date(row.posted_at),
    ...(row.edited_at !== null && { editedAt: new Date(row.edited_at) }),
  };
}
