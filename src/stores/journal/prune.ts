import { sql } from 'kysely';
import { type Database, type Row, toStatement } from './database.ts';

const CHUNK = 200;
const PAGES_PER_CHUNK = 2000;

/** Removes old events with all that hangs on them, a chunk at a time so that deliveries get in between. What is still to be decided or told stays. */
export async function prune(
  { queries, write }: Database,
  { before, maxBytes }: { readonly before: Date; readonly maxBytes?: number },
): Promise<number> {
  const moment = before.getTime();
  let gone = await removeAll(() => oldest().where('received_at', '<', moment).orderBy('received_at').execute());
  await forgetBefore();
  if (maxBytes !== undefined) {
    gone += await removeAll(async () => ((await size()) > maxBytes ? oldest().orderBy('id').execute() : []));
  }
  await reclaim();
  return gone;

  function oldest() {
    return queries
      .selectFrom('events')
      .select('id')
      .where(({ exists, not, selectFrom }) =>
        not(exists(selectFrom('undecided').select('event_id').whereRef('event_id', '=', 'events.id'))),
      )
      .where(({ exists, not }) => not(exists(duePosts())))
      .limit(CHUNK);
  }

  function duePosts() {
    return queries
      .selectFrom('posts')
      .select('posts.id')
      .whereRef('posts.event_id', '=', sql.ref('events.id'))
      .where('posts.state', '=', 'due');
  }

  async function removeAll(candidates: () => Promise<readonly { readonly id: number }[]>): Promise<number> {
    let removed = 0;
    for (;;) {
      const ids = (await candidates()).map(({ id }) => id);
      if (ids.length === 0) return removed;
      const [rows] = await write(removal(ids));
      removed += rows?.length ?? 0;
      await reclaim();
      if (rows?.length === 0) return removed;
    }
  }

  function removal(ids: readonly number[]) {
    // A replay may have made a post due since the candidates were read, so the events are chosen again.
    const events = queries
      .deleteFrom('events')
      .where('id', 'in', ids)
      .where(({ exists, not }) => not(exists(duePosts())))
      .returning('id');
    const left = queries.selectFrom('events').select('id').where('id', 'in', ids);
    return [
      events,
      queries.deleteFrom('posts').where('event_id', 'in', ids).where('event_id', 'not in', left),
      queries.deleteFrom('decisions').where('event_id', 'in', ids).where('event_id', 'not in', left),
      queries.deleteFrom('search').where('rowid', 'in', ids).where('rowid', 'not in', left),
    ].map(toStatement);
  }

  async function forgetBefore(): Promise<void> {
    const remembered = queries
      .selectFrom('local_messages')
      .select('channel')
      .whereRef('local_messages.channel', '=', sql.ref('local_channels.channel'));
    await write(
      [
        queries
          .deleteFrom('posts')
          .where('event_id', 'is', null)
          .where('created_at', '<', moment)
          .where('state', 'in', ['posted', 'failed']),
        queries.deleteFrom('refusals').where('at', '<', moment),
        queries.deleteFrom('local_messages').where('posted_at', '<', moment),
        queries.deleteFrom('local_channels').where(({ exists, not }) => not(exists(remembered))),
      ].map(toStatement),
    );
  }

  async function size(): Promise<number> {
    const [row] = await readPragmas();
    return (Number(row?.pages) - Number(row?.unused)) * Number(row?.bytes);
  }

  async function readPragmas(): Promise<readonly Row[]> {
    const query = sql<Row>`select page_count as pages, freelist_count as unused, page_size as bytes
      from pragma_page_count, pragma_freelist_count, pragma_page_size`;
    return (await query.execute(queries)).rows;
  }

  async function reclaim(): Promise<void> {
    await write([{ sql: `pragma incremental_vacuum(${PAGES_PER_CHUNK})`, parameters: [] }]);
  }
}
