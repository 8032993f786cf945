import type { Selectable } from 'kysely';
import type { LocalMessage, MessageSpan, MessageStore } from '../../core/event/local-message.ts';
import type { Database } from './database.ts';
import { parseMessage } from './event-rows.ts';
import { toCursor, toRowId } from './row-id.ts';
import { toStatement } from './statement.ts';
import type { LocalMessageTable } from './tables.ts';

type MessageRow = Selectable<LocalMessageTable>;

export function createMessageStore({ queries, write }: Pick<Database, 'queries' | 'write'>): MessageStore {
  const find = (channel: string, nonce: string) =>
    queries.selectFrom('local_messages').selectAll().where('channel', '=', channel).where('nonce', '=', nonce);

  const within = ({ channel, after, before }: MessageSpan) =>
    queries
      .selectFrom('local_messages')
      .where('channel', '=', channel)
      .$if(after !== undefined, (rest) => rest.where('id', '>', toCursor('after', after ?? '')))
      .$if(before !== undefined, (rest) => rest.where('id', '<', toCursor('before', before ?? '')));

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

    async list({ limit, ...span }) {
      const follows = span.after !== undefined;
      const rows = await within(span)
        .selectAll()
        .orderBy('id', follows ? 'asc' : 'desc')
        .limit(limit)
        .execute();
      return (follows ? rows : rows.toReversed()).map(toLocalMessage);
    },

    async count({ most, ...span }) {
      const rows = await queries
        .selectFrom(within(span).select('id').limit(most).as('counted'))
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .execute();
      return Number(rows[0]?.count ?? 0);
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
