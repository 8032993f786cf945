import { sql } from 'kysely';
import type { Clock } from '../../core/clock.ts';
import type { MessageRef } from '../../core/event/message-ref.ts';
import type { Decided, NewPost, Post, PostOutcome, PostState, PostStore } from '../../core/event/post.ts';
import type { Database } from './database.ts';
import { toHandlingNote } from './following/handlings.ts';
import { prepareRollUpNote } from './following/roll-ups.ts';
import { toSilenceNote } from './following/silences.ts';
import { prepareSubjectNote } from './following/subjects.ts';
import { type PostRow, toPost, toPostValues, toStoredPost } from './post-rows.ts';
import { preparePostStatements, worstState } from './post-statements.ts';
import { toCursor, toRowId } from './row-id.ts';
import { type Row, type Statement, toJson, toStatement } from './statement.ts';

const CHUNK = 500;

/** Not a parameter, for an index over some of the rows is used only where the query itself names them. */
const DUE = sql.lit<'due'>('due');

/** Jumps from mute to mute, for each may hold many thousands. */
const holding = sql<{ readonly mute_id: string }>`
  with recursive held (mute_id) as (
    select min(mute_id) from posts where state = 'held'
    union all
    select (select min(mute_id) from posts where state = 'held' and mute_id > held.mute_id)
    from held where held.mute_id is not null
  )
  select mute_id from held where mute_id is not null
    and (select max(id) from posts where state = 'held' and mute_id = held.mute_id)
      > coalesce((select max(id) from posts as digest where digest.mute_id = held.mute_id and digest.event_id is null), 0)`;

export interface PostStoreParts {
  readonly database: Database;
  readonly clock: Pick<Clock, 'now'>;
}

export function createPostStore({ database, clock }: PostStoreParts): PostStore {
  const { queries, read, write } = database;
  const statements = preparePostStatements(database);
  const noteSubject = prepareSubjectNote(queries);
  const noteRollUp = prepareRollUpNote(queries);

  function decisionStatements(
    { eventId, about: whole, decision, posts, setAside }: Decided,
    createdAt: number,
  ): readonly (readonly [Statement, Owing?])[] {
    const { labels, ...about } = whole;
    const id = toRowId(eventId) ?? 0;
    const source = about.source ?? null;
    const subject = about.subject ?? null;
    const owedAt = new Date(createdAt);
    const entries: readonly (readonly [Statement, Owing?])[] = [
      ...posts.map(
        (post) =>
          [statements.owe(toPostValues(post, id, createdAt)), { ...post, eventId, about: whole, owedAt }] as const,
      ),
      [statements.index({ eventId: id, title: about.title, source, actor: about.actor ?? null, subject })],
      [
        statements.decide({
          eventId: id,
          state: setAside ? 'failed' : worstState(posts.map(({ state }) => state)),
          source,
          subject,
          decidedAt: decision.decidedAt,
          about: toJson(about),
          labels: labels ? JSON.stringify(labels) : null,
          decision: JSON.stringify(decision),
        }),
      ],
      [statements.decided({ eventId: id })],
    ];
    return [[{ ...statements.findDecided({ eventId: id }), guards: entries.length, locks: `event ${id}` }], ...entries];
  }

  async function writeAll(entries: readonly (readonly [Statement, Owing?])[]): Promise<readonly Post[]> {
    const results = await write(entries.map(([statement]) => statement));
    return entries.flatMap(([, post], index) => {
      const id = results[index]?.[0]?.id;
      return post && id !== undefined ? [{ ...post, id: String(id) }] : [];
    });
  }

  /** Changes posts, and their events with them. Gives back the rows that changed, oldest first. */
  async function changeAll(updates: readonly Statement[], rowIds: readonly number[]): Promise<readonly PostRow[]> {
    if (updates.length === 0) return [];
    const results = await write([...updates, ...rowIds.map((postId) => statements.reflect({ postId }))]);
    return results
      .slice(0, updates.length)
      .flat()
      .map(toRow)
      .toSorted((a, b) => a.id - b.id);
  }

  /** Posts with what their events are about. */
  async function withAbouts(rows: readonly PostRow[]): Promise<readonly Post[]> {
    const eventIds = [...new Set(rows.flatMap(({ event_id: id }) => id ?? []))];
    const pages = chunksOf(eventIds).map((chunk) =>
      queries.selectFrom('decisions').select(['event_id', 'about_json', 'labels_json']).where('event_id', 'in', chunk),
    );
    const abouts = new Map((await read(pages)).flat().map((row) => [row.event_id, row]));
    return rows.map((row) => {
      const { about_json = null, labels_json = null } = abouts.get(row.event_id ?? 0) ?? {};
      return toPost({ ...row, about_json, labels_json });
    });
  }

  return {
    async decide(decided) {
      const now = clock.now().getTime();
      return decided.length === 0 ? [] : writeAll(decided.flatMap((each) => decisionStatements(each, now)));
    },

    async owe(posts, { handling, silence } = {}) {
      const now = clock.now().getTime();
      const rowIdOf = (post: NewPost) => (post.eventId === undefined ? null : (toRowId(post.eventId) ?? null));
      const eventIds = new Set(posts.flatMap((post) => rowIdOf(post) ?? []));
      const owedAt = new Date(now);
      return writeAll([
        ...posts.map((post) => [statements.owe(toPostValues(post, rowIdOf(post), now)), { ...post, owedAt }] as const),
        ...[...eventIds].map((eventId) => [statements.reflectEvent({ eventId })] as const),
        ...(handling ? [[toHandlingNote(queries, handling, now)] as const] : []),
        ...(silence ? [[toSilenceNote(queries, silence)] as const] : []),
      ]);
    },

    async begin(id, at, plan) {
      const values = { at: at.getTime(), plan: plan ? JSON.stringify(plan) : null };
      await write([statements.begin({ id: toRowId(id) ?? 0, ...values })]);
    },

    async settle(id, outcome, { posts = [], subjects = [], rollUp } = {}) {
      const settledAt = clock.now().getTime();
      const settled = [{ id, outcome }, ...posts].flatMap((each) => {
        const postId = toRowId(each.id) ?? 0;
        return [
          statements.settle({ id: postId, ...toColumns(each.outcome), settledAt }),
          statements.reflect({ postId }),
        ];
      });
      await write([
        ...settled,
        ...subjects.map((subject) => noteSubject(subject, settledAt)),
        ...(rollUp ? [noteRollUp(rollUp, settledAt)] : []),
      ]);
    },

    async attempt(id, attempts, error) {
      const update = queries
        .updateTable('posts')
        .set({ attempts, error })
        .where('id', '=', toRowId(id) ?? 0)
        .where('state', '=', 'due');
      await write([toStatement(update)]);
    },

    async retry(ids) {
      const rowIds = ids.flatMap((id) => toRowId(id) ?? []);
      const updates = chunksOf(rowIds).map((chunk) =>
        toStatement(
          queries
            .updateTable('posts')
            .set({ state: 'due', attempts: 0, error: null, settled_at: null })
            .where('id', 'in', chunk)
            .where('state', 'in', ['failed', 'held'])
            .returningAll(),
        ),
      );
      return withAbouts(await changeAll(updates, rowIds));
    },

    async drop(ids) {
      const rowIds = ids.flatMap((id) => toRowId(id) ?? []);
      const updates = chunksOf(rowIds).map((chunk) =>
        toStatement(
          queries
            .updateTable('posts')
            .set({ state: 'dropped', settled_at: clock.now().getTime() })
            .where('id', 'in', chunk)
            .where('state', '=', 'failed')
            .returningAll(),
        ),
      );
      return (await changeAll(updates, rowIds)).map(toStoredPost);
    },

    async get(id) {
      const row = await queries
        .selectFrom('posts')
        .selectAll()
        .where('id', '=', toRowId(id) ?? 0)
        .executeTakeFirst();
      return row && toStoredPost(row);
    },

    async due({ after = '0', limit, maxBytes, platform, channel }) {
      const page = queries
        .selectFrom('posts')
        .leftJoin('decisions', 'decisions.event_id', 'posts.event_id')
        .selectAll('posts')
        .select(['decisions.about_json', 'decisions.labels_json'])
        .where('posts.state', '=', DUE)
        .$if(platform !== undefined, (rest) => rest.where('posts.platform', '=', platform ?? ''))
        .$if(channel !== undefined, (rest) => rest.where('posts.channel', '=', channel ?? ''))
        .where('posts.id', '>', toCursor('after', after))
        .orderBy('posts.id')
        .limit(limit);
      const [rows] = await read([page], maxBytes === undefined ? {} : { maxBytes });
      return rows.map(toPost);
    },

    async owed() {
      return queries
        .selectFrom('posts')
        .select(['platform', 'channel'])
        .distinct()
        .where('state', '=', DUE)
        .orderBy('platform')
        .orderBy('channel')
        .execute();
    },

    async holding() {
      const { rows } = await holding.execute(queries);
      return rows.map(({ mute_id: id }) => id);
    },

    async list({ eventId, endpointId, state, muteId, delayed, before, limit }) {
      const until = before === undefined ? undefined : toCursor('before', before);
      const rows = await queries
        .selectFrom('posts')
        .selectAll()
        .$if(eventId !== undefined, (rest) => rest.where('event_id', '=', toRowId(eventId ?? '') ?? 0))
        .$if(endpointId !== undefined, (rest) => rest.where('endpoint_id', '=', endpointId ?? ''))
        .$if(state !== undefined, (rest) => rest.where('state', '=', state ?? 'due'))
        .$if(delayed === true, (rest) => rest.where('state', '=', DUE).where('error', 'is not', null))
        .$if(muteId !== undefined, (rest) => rest.where('mute_id', '=', muteId ?? ''))
        .$if(until !== undefined, (rest) => rest.where('id', '<', until ?? 0))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toStoredPost);
    },

    async count() {
      const rows = await queries.selectFrom('post_counts').select(['state', 'total']).execute();
      const totals: Record<PostState, number> = { due: 0, posted: 0, held: 0, failed: 0, dropped: 0 };
      for (const { state, total } of rows) totals[state] = total;
      return totals;
    },
  };
}

/** What is owed, with what is known of it while it is at hand. */
type Owing = Omit<Post, 'id'>;

function chunksOf(ids: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, index) =>
    ids.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}

function toColumns(outcome: PostOutcome) {
  const { state, attempts } = outcome;
  if (outcome.state === 'posted') {
    const plan = outcome.plan ? JSON.stringify(outcome.plan) : null;
    const template = outcome.template ?? null;
    return { state, attempts, error: null, ...toRefColumns(outcome.ref), forget: 0, plan, template };
  }
  const nowhere = { refChannel: null, refId: null, leftOut: null, plan: null, template: null };
  return { state, attempts, error: outcome.error, ...nowhere, forget: outcome.mayBeOut ? 0 : 1 };
}

function toRefColumns({ channel, id, leftOut }: MessageRef) {
  return { refChannel: channel, refId: id, leftOut: leftOut?.length ? JSON.stringify(leftOut) : null };
}

/** What `returning *` gives back of this table. */
function toRow(row: Row): PostRow {
  return row as unknown as PostRow;
}
