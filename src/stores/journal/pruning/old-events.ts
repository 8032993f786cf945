import { type ExpressionBuilder, sql } from 'kysely';
import { removeEmpty } from '../batches/remove-empty.ts';
import type { Database } from '../database.ts';
import { toStatement } from '../statement.ts';
import type { Tables } from '../tables.ts';
import type { OldRow } from './portions.ts';

interface OldEvent extends OldRow {
  readonly batch_id: number | null;
}

/** Events that are looked up at once. */
const PAGE = 500;

/** The oldest events that may go, a page at a time. */
export async function* findOldEvents(
  { queries, bytesOf }: Pick<Database, 'queries' | 'bytesOf'>,
  { before }: { readonly before?: number } = {},
): AsyncGenerator<readonly OldEvent[]> {
  for (let after = { received_at: 0, id: 0 }; ; ) {
    const page = await oldestAfter(after).execute();
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last;
  }

  function oldestAfter(after: { readonly received_at: number; readonly id: number }) {
    const events = queries
      .selectFrom('events')
      .select(['id', 'received_at', 'batch_id', bytesOf('events.body').as('bytes')])
      .where(isDecided)
      .where(isOwedNowhere)
      .limit(PAGE);
    if (before === undefined) return events.where('id', '>', after.id).orderBy('id');
    return events
      .where('received_at', '<', before)
      .where(({ eb, refTuple, tuple }) => eb(refTuple('received_at', 'id'), '>', tuple(after.received_at, after.id)))
      .orderBy('received_at')
      .orderBy('id');
  }
}

/** Removes events with all that hangs on them, but for those that have come to be owed since they were found. Gives back how many were removed. */
export async function removeEvents(
  { queries, writeAside, search }: Pick<Database, 'queries' | 'writeAside' | 'search'>,
  events: readonly OldEvent[],
): Promise<number> {
  const ids = events.map(({ id }) => id);
  const batches = [...new Set(events.flatMap(({ batch_id }) => batch_id ?? []))];
  const left = queries.selectFrom('events').select('id').where('id', 'in', ids);
  const [removed] = await writeAside(
    [
      queries.deleteFrom('events').where('id', 'in', ids).where(isOwedNowhere).returning('id'),
      queries.deleteFrom('posts').where('event_id', 'in', ids).where('event_id', 'not in', left),
      queries.deleteFrom('decisions').where('event_id', 'in', ids).where('event_id', 'not in', left),
      search.remove(ids),
      ...(batches.length > 0 ? [removeEmpty(queries, batches)] : []),
    ].map(toStatement),
  );
  return removed?.length ?? 0;
}

type EventExpressions = ExpressionBuilder<Tables, 'events'>;

function isDecided({ exists, not, selectFrom }: EventExpressions) {
  return not(
    exists(selectFrom('undecided').select('undecided.event_id').whereRef('undecided.event_id', '=', 'events.id')),
  );
}

/** Whether no post of an event is due, or held by a mute that has had no digest since. */
function isOwedNowhere({ exists, not, selectFrom }: EventExpressions) {
  return not(
    exists(
      selectFrom('posts')
        .select('posts.id')
        .whereRef('posts.event_id', '=', sql.ref('events.id'))
        .where((post) =>
          post.or([
            post('posts.state', '=', 'due'),
            post.and([
              post('posts.state', '=', 'held'),
              post('posts.mute_id', 'is not', null),
              post.not(
                post.exists(
                  post
                    .selectFrom('posts as digest')
                    .select('digest.id')
                    .whereRef('digest.mute_id', '=', 'posts.mute_id')
                    .where('digest.event_id', 'is', null)
                    .whereRef('digest.id', '>', 'posts.id'),
                ),
              ),
            ]),
          ]),
        ),
    ),
  );
}
