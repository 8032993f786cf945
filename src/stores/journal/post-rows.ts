import type { Selectable } from 'kysely';
import type { Plan } from '../../core/event/plan.ts';
import type { NewPost, Post, StoredPost } from '../../core/event/post.ts';
import { parseJson, parseMessage, toAbout } from './event-rows.ts';
import type { PostTable } from './tables.ts';

export type PostRow = Selectable<PostTable>;

export interface PostValues {
  readonly eventId: number | null;
  readonly endpointId: string | null;
  readonly routeId: string | null;
  readonly muteId: string | null;
  readonly platform: string;
  readonly channel: string;
  readonly channelName: string;
  readonly state: 'due' | 'held';
  readonly replay: number;
  readonly refresh: number;
  readonly createdAt: number;
  readonly message: string | null;
  readonly thread: string | null;
  readonly nonce: string | null;
  readonly firstAttemptAt: number | null;
}

export function toPostValues(post: NewPost, eventId: number | null, createdAt: number): PostValues {
  return {
    eventId,
    endpointId: post.endpointId ?? null,
    routeId: post.routeId ?? null,
    muteId: post.muteId ?? null,
    platform: post.platform,
    channel: post.channel,
    channelName: post.channelName,
    state: post.state,
    replay: post.replay ? 1 : 0,
    refresh: post.refresh ? 1 : 0,
    createdAt,
    message: post.message ? JSON.stringify(post.message) : null,
    thread: post.thread ?? null,
    nonce: post.nonce ?? null,
    firstAttemptAt: post.firstAttemptAt?.getTime() ?? null,
  };
}

/** A post whose row says it is due or held, perhaps with what its event is about. */
export function toPost(
  row: PostRow & { readonly about_json?: string | null; readonly labels_json?: string | null },
): Post {
  return {
    ...toNewPost(row),
    id: String(row.id),
    state: row.state === 'held' ? 'held' : 'due',
    owedAt: new Date(row.created_at),
    ...(row.about_json && { about: toAbout(row.about_json, row.labels_json ?? null) }),
    ...toPlan(row),
  };
}

export function toStoredPost(row: PostRow): StoredPost {
  return {
    ...toNewPost(row),
    id: String(row.id),
    state: row.state,
    attempts: row.attempts,
    ...(row.error !== null && { error: row.error }),
    ...toRef(row),
    ...(row.template !== null && { template: row.template }),
    createdAt: new Date(row.created_at),
    ...(row.settled_at !== null && { settledAt: new Date(row.settled_at) }),
    ...toPlan(row),
  };
}

function toPlan({ plan_json: plan }: PostRow): Pick<Post, 'plan'> {
  return plan === null ? {} : { plan: parseJson<Plan>(plan) };
}

function toRef({ ref_channel: channel, ref_id: id, left_out_json: leftOut }: PostRow): Pick<StoredPost, 'ref'> {
  if (channel === null || id === null) return {};
  return { ref: { channel, id, ...(leftOut !== null && { leftOut: JSON.parse(leftOut) as readonly string[] }) } };
}

function toNewPost(row: PostRow): Omit<NewPost, 'state'> {
  return {
    platform: row.platform,
    channel: row.channel,
    channelName: row.channel_name,
    ...(row.event_id !== null && { eventId: String(row.event_id) }),
    ...(row.endpoint_id !== null && { endpointId: row.endpoint_id }),
    ...(row.route_id !== null && { routeId: row.route_id }),
    ...(row.mute_id !== null && { muteId: row.mute_id }),
    ...(row.thread !== null && { thread: row.thread }),
    ...(row.nonce !== null && { nonce: row.nonce }),
    ...(row.first_attempt_at !== null && { firstAttemptAt: new Date(row.first_attempt_at) }),
    ...(row.message_json !== null && { message: parseMessage(row.message_json) }),
    ...(row.replay === 1 && { replay: true as const }),
    ...(row.refresh === 1 && { refresh: true as const }),
  };
}
