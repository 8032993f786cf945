import type { Clock } from '../../core/clock.ts';
import type { MessageRef, Post } from '../../core/event/post.ts';
import type { PostOptions } from '../../core/platform/platform.ts';

/** A post in a lane, with what its attempts have shown so far. */
export interface Owed {
  readonly post: Post;
  /** Failed attempts since it came into the lane. */
  failures: number;
  /** When the first of them was, on the clock that nobody can set. */
  failingSince: number | undefined;
  /** Absent while it was never attempted. */
  attempted: Attempted | undefined;
  /** Where it is, while that could not be recorded. */
  ref: MessageRef | undefined;
}

export interface Attempted {
  /** When it was attempted first, by the wall clock: nothing older on the platform can be it. */
  readonly firstAt: Date;
  /** Since when it may be out, on the clock that nobody can set; nothing while it surely is not. */
  doubtSince: number | undefined;
  /** Look-ups since then that were not answered. */
  lookUps: number;
}

/** A post as it comes into its lane. One that was attempted before may be out. */
export function toOwed(post: Post, clock: Clock): Owed {
  const { firstAttemptAt: firstAt } = post;
  return {
    post,
    failures: 0,
    failingSince: undefined,
    attempted: firstAt && { firstAt, doubtSince: clock.elapsed(), lookUps: 0 },
    ref: undefined,
  };
}

/** How a platform is to post it. The nonce names it for ever. */
export function toOptions({ id, thread }: Post): PostOptions {
  return { nonce: `bellhop-${id}`, ...(thread !== undefined && { thread }) };
}
