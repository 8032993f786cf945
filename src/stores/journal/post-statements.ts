import { sql } from 'kysely';
import type { EventState } from '../../core/event/event.ts';
import type { Database } from './database.ts';
import type { PostValues } from './post-rows.ts';
import { prepare } from './prepare.ts';

interface DecisionValues {
  readonly eventId: number;
  readonly state: EventState;
  readonly source: string | null;
  readonly subject: string | null;
  readonly decidedAt: string;
  readonly about: string;
  readonly labels: string | null;
  readonly decision: string;
}

interface SettleValues {
  readonly id: number;
  readonly state: 'posted' | 'failed';
  readonly attempts: number;
  readonly error: string | null;
  readonly refChannel: string | null;
  readonly refId: string | null;
  readonly leftOut: string | null;
  readonly settledAt: number;
  /** Whether its first attempt is forgotten, because it surely is not out. */
  readonly forget: number;
  readonly plan: string | null;
  readonly template: string | null;
}

/** Two posts of one event that are settled at the same moment must not both take the other for unsettled. */
const STANDING = 'where events stand';

/** The statements that happen with every event, compiled once. */
export function preparePostStatements({ queries, search }: Pick<Database, 'queries' | 'search'>) {
  const worst = worstOfPosts();
  return {
    owe: prepare<PostValues>(
      (slots) =>
        queries.insertInto('posts').values({
          event_id: slots.eventId,
          endpoint_id: slots.endpointId,
          route_id: slots.routeId,
          mute_id: slots.muteId,
          platform: slots.platform,
          channel: slots.channel,
          channel_name: slots.channelName,
          state: slots.state,
          replay: slots.replay,
          refresh: slots.refresh,
          attempts: 0,
          created_at: slots.createdAt,
          message_json: slots.message,
          thread: slots.thread,
          nonce: slots.nonce,
          first_attempt_at: slots.firstAttemptAt,
        }),
      'id',
    ),

    /** Finds a row unless the event waits for its decision. */
    findDecided: prepare<{ readonly eventId: number }>((slots) =>
      queries
        .selectNoFrom(sql<number>`1`.as('decided'))
        .where(({ exists, not }) =>
          not(exists(queries.selectFrom('undecided').select('event_id').where('event_id', '=', slots.eventId))),
        ),
    ),

    index: search.add,

    decide: prepare<DecisionValues>(
      (slots) =>
        queries
          .insertInto('decisions')
          .columns([
            'event_id',
            'endpoint_id',
            'type',
            'state',
            'source',
            'subject',
            'decided_at',
            'about_json',
            'labels_json',
            'decision_json',
          ])
          .expression(
            queries
              .selectFrom('events')
              .select([
                'id',
                'endpoint_id',
                'type',
                sql<EventState>`${slots.state}`.as('state'),
                sql<string | null>`${slots.source}`.as('source'),
                sql<string | null>`${slots.subject}`.as('subject'),
                sql<string>`${slots.decidedAt}`.as('decided_at'),
                sql<string>`${slots.about}`.as('about_json'),
                sql<string | null>`${slots.labels}`.as('labels_json'),
                sql<string>`${slots.decision}`.as('decision_json'),
              ])
              .where('id', '=', slots.eventId),
          ),
      'nothing',
    ),

    decided: prepare<{ readonly eventId: number }>(
      (slots) => queries.deleteFrom('undecided').where('event_id', '=', slots.eventId),
      'nothing',
    ),

    begin: prepare<{ readonly id: number; readonly at: number; readonly plan: string | null }>(
      (slots) =>
        queries
          .updateTable('posts')
          .set({
            first_attempt_at: sql<number>`coalesce(first_attempt_at, ${slots.at})`,
            plan_json: slots.plan,
          })
          .where('id', '=', slots.id),
      'nothing',
    ),

    settle: prepare<SettleValues>(
      (slots) =>
        queries
          .updateTable('posts')
          .set({
            state: slots.state,
            attempts: slots.attempts,
            error: slots.error,
            ref_channel: slots.refChannel,
            ref_id: slots.refId,
            left_out_json: slots.leftOut,
            template: slots.template,
            settled_at: slots.settledAt,
            first_attempt_at: sql<number | null>`case when ${slots.forget} then null else first_attempt_at end`,
            plan_json: sql<string | null>`coalesce(${slots.plan}, plan_json)`,
          })
          .where('id', '=', slots.id)
          .where('state', '=', 'due'),
      'nothing',
    ),

    /** Brings the state of a post's event up to date. */
    reflect: prepare<{ readonly postId: number }>(
      (slots) =>
        queries
          .updateTable('decisions')
          .set({ state: worst })
          .where(
            'event_id',
            '=',
            queries.selectFrom('posts').select(sql<number>`event_id`.as('event_id')).where('id', '=', slots.postId),
          )
          .where('state', '!=', worst),
      'nothing',
      STANDING,
    ),

    /** Brings an event's own state up to date. */
    reflectEvent: prepare<{ readonly eventId: number }>(
      (slots) =>
        queries
          .updateTable('decisions')
          .set({ state: worst })
          .where('event_id', '=', slots.eventId)
          .where('state', '!=', worst),
      'nothing',
      STANDING,
    ),
  };
}

export function worstState(states: readonly ('due' | 'held')[]): EventState {
  if (states.includes('due')) return 'queued';
  return states.includes('held') ? 'held' : 'dropped';
}

/** What an event's posts make of it: in each channel the last one counts, and of those the worst. */
function worstOfPosts() {
  return sql<EventState>`(
    select case max(case posts.state when 'failed' then 4 when 'due' then 3 when 'held' then 2 when 'posted' then 1 else 0 end)
      when 4 then 'failed' when 3 then 'queued' when 2 then 'held' when 1 then 'posted' else 'dropped' end
    from posts where posts.event_id = decisions.event_id and posts.refresh = 0 and not exists (
      select 1 from posts as later
      where later.event_id = posts.event_id and later.id > posts.id and later.refresh = 0
        and later.platform = posts.platform and later.channel = posts.channel
    )
  )`;
}
