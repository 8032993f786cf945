import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { OldRow } from './portions.ts';
import { toStatement } from './statement.ts';

/** Events that are looked up at once. */
const PAGE = 500;

export interface OldEvent extends OldRow {
  /** Its posts that a mute held which is over. */
  readonly past: readonly number[];
}

/** The oldest events that may go, a page at a time: those that are decided, owed to no channel and held by no mute that stands. */
export async function* findOldEvents(
  { queries }: Pick<Database, 'queries'>,
  { before, mutes }: { readonly before?: number; readonly mutes?: readonly string[] },
): AsyncGenerator<readonly OldEvent[]> {
  const standing = mutes && new Set(mutes);
  for (let after = { received_at: 0, id: 0 }; ; ) {
    const page = await decidedEvents(after).execute();
    const last = page.at(-1);
    if (!last) return;
    after = last;
    const held = await heldPosts(page.map(({ id }) => id));
    yield page.flatMap(({ id, bytes }) => {
      const past = held.get(id) ?? [];
      const over = past.every(({ mute_id }) => standing && !standing.has(mute_id ?? ''));
      return over ? [{ id, bytes, past: past.map((post) => post.id) }] : [];
    });
  }

  function decidedEvents(after: { readonly received_at: number; readonly id: number }) {
    const events = queries
      .selectFrom('events')
      .select(['id', 'received_at', sql<number>`octet_length(body)`.as('bytes')])
      .where(({ exists, not, selectFrom }) =>
        not(exists(selectFrom('undecided').select('event_id').whereRef('event_id', '=', 'events.id'))),
      )
      .where(({ exists, not, selectFrom }) =>
        not(
          exists(
            selectFrom('posts')
              .select('posts.id')
              .whereRef('posts.event_id', '=', sql.ref('events.id'))
              .where('posts.state', '=', 'due'),
          ),
        ),
      )
      .limit(PAGE);
    if (before === undefined) return events.where('id', '>', after.id).orderBy('id');
    return events
      .where('received_at', '<', before)
      .where(({ eb, refTuple, tuple }) => eb(refTuple('received_at', 'id'), '>', tuple(after.received_at, after.id)))
      .orderBy('received_at')
      .orderBy('id');
  }

  async function heldPosts(eventIds: readonly number[]) {
    const posts = await queries
      .selectFrom('posts')
      .select(['id', 'event_id', 'mute_id'])
      .where('event_id', 'in', eventIds)
      .where('state', '=', 'held')
      .execute();
    return Map.groupBy(posts, ({ event_id }) => event_id ?? 0);
  }
}

/** Removes events with all that hangs on them, but for those that have come to be owed or held since they were found. Gives back how many went. */
export async function removeEvents(
  { queries, write, search }: Pick<Database, 'queries' | 'write' | 'search'>,
  events: readonly OldEvent[],
): Promise<number> {
  const ids = events.map(({ id }) => id);
  const past = events.flatMap((event) => event.past);
  const removal = queries
    .deleteFrom('events')
    .where('id', 'in', ids)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('posts')
            .select('posts.id')
            .whereRef('posts.event_id', '=', sql.ref('events.id'))
            .where('posts.state', 'in', ['due', 'held'])
            .$if(past.length > 0, (rest) => rest.where('posts.id', 'not in', past)),
        ),
      ),
    )
    .returning('id');
  const left = queries.selectFrom('events').select('id').where('id', 'in', ids);
  const [removed] = await write(
    [
      removal,
      queries.deleteFrom('posts').where('event_id', 'in', ids).where('event_id', 'not in', left),
      queries.deleteFrom('decisions').where('event_id', 'in', ids).where('event_id', 'not in', left),
      search.remove(ids),
    ].map(toStatement),
  );
  return removed?.length ?? 0;
}
