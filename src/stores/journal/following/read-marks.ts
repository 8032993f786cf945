import { sql } from 'kysely';
import type { ReadMarkStore } from '../../../core/event/noted/read-mark.ts';
import type { Database } from '../database.ts';
import { toCursor } from '../row-id.ts';
import { toStatement } from '../statement.ts';

/** The mark that counts for channels without one of their own. */
const EVERYWHERE = '';

interface ChannelRow {
  readonly channel: string;
  readonly message_id: number | null;
  readonly last_at: number | null;
  readonly unread: number;
}

export function createReadMarkStore({ queries, write }: Pick<Database, 'queries' | 'write'>): ReadMarkStore {
  return {
    async mark({ reader, channel, message }) {
      const first = queries
        .insertInto('read_marks')
        .columns(['reader', 'channel', 'message_id'])
        .expression(
          queries
            .selectFrom('local_messages')
            .select(({ fn, val }) => [
              val(reader).as('reader'),
              val(EVERYWHERE).as('channel'),
              fn.coalesce(fn.max('id'), sql.lit(0)).as('message_id'),
            ])
            // Without a condition SQLite would read `on conflict` as one of a join.
            .where(sql<boolean>`true`),
        )
        .onConflict((conflict) => conflict.doNothing());
      const own = queries
        .insertInto('read_marks')
        .values({ reader, channel, message_id: toCursor('message', message) })
        .onConflict((conflict) =>
          conflict
            .columns(['reader', 'channel'])
            .doUpdateSet({ message_id: sql<number>`excluded.message_id` })
            .whereRef('read_marks.message_id', '<', sql.ref('excluded.message_id')),
        );
      await write([toStatement(first), toStatement(own)]);
    },

    async list({ reader, most }) {
      const { rows } = await sql<ChannelRow>`
        select channel, message_id,
          (select posted_at from local_messages
            where local_messages.channel = known.channel order by id desc limit 1) as last_at,
          (select count(*) from (select id from local_messages
            where local_messages.channel = known.channel and id > message_id limit ${most}) as counted) as unread
        from (select local_channels.channel, coalesce(own.message_id, everywhere.message_id) as message_id
          from local_channels
          left join read_marks as own on own.reader = ${reader} and own.channel = local_channels.channel
          left join read_marks as everywhere on everywhere.reader = ${reader} and everywhere.channel = ${EVERYWHERE}) as known
        order by channel`.execute(queries);
      return rows.flatMap(({ channel, message_id: read, last_at: lastAt, unread }) =>
        lastAt === null
          ? []
          : [
              {
                channel,
                lastAt: new Date(Number(lastAt)),
                ...(read !== null && { read: String(read) }),
                unread: Number(unread),
              },
            ],
      );
    },
  };
}
