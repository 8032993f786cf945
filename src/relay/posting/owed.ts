import type { Clock } from '../../core/clock.ts';
import type { Reaction } from '../../core/event/follow.ts';
import type { MessageRef } from '../../core/event/message-ref.ts';
import type { Plan } from '../../core/event/plan.ts';
import type { Post } from '../../core/event/post.ts';
import type { PostOptions } from '../../core/platform/platform.ts';
import type { Prepared } from '../following/follower.ts';

/** A post in a lane, with what its attempts have shown so far. */
export interface Owed {
  readonly post: Post;
  /** Failed attempts since it came into the lane. */
  failures: number;
  /** When the first of them was, on the clock that nobody can set. */
  failingSince: number | undefined;
  /** Absent while it was never attempted. */
  attempted: Attempted | undefined;
  /** Where it is and what it was, while that is not recorded yet. */
  out: { readonly ref: MessageRef; readonly prepared: Prepared | undefined } | undefined;
  /** The reactions on its subject's message, once they are brought up to date. */
  reactions: readonly Reaction[] | undefined;
  /** Whether the message that was to show it turned out to be gone. */
  gone: boolean;
  /** How often the first message was tried to be brought up to date since. */
  rootTries: number;
  /** What waits beside it in its lane, oldest first, and could be shown by the same message. */
  readonly beside: () => readonly Post[];
}

export interface Attempted {
  /** When it was attempted first, by the wall clock: nothing older on the platform can be it. */
  readonly firstAt: Date;
  /** Since when it may have been posted, on the clock that nobody can set; nothing while it certainly was not. */
  doubtSince: number | undefined;
  /** Look-ups since then that were not answered. */
  lookUps: number;
  /** What was done, or begun. */
  plan: Plan | undefined;
}

/** A post as it comes into its lane. One that was attempted before may have been posted. */
export function toOwed(post: Post, clock: Clock, beside: Owed['beside'] = () => []): Owed {
  const { firstAttemptAt: firstAt, plan } = post;
  return {
    post,
    failures: 0,
    failingSince: undefined,
    attempted: firstAt && { firstAt, doubtSince: clock.elapsed(), lookUps: 0, plan },
    out: undefined,
    reactions: undefined,
    gone: false,
    rootTries: 0,
    beside,
  };
}

/** How a platform is to post it. The nonce names it for ever. */
export function toOptions({ id, nonce = `bellhop-${id}`, thread: given }: Post, plan?: Plan): PostOptions {
  const thread = plan?.act === 'reply' ? plan.of.ref.id : given;
  const broadcast = plan?.act === 'reply' && plan.broadcast;
  return { nonce, ...(thread !== undefined && { thread }), ...(broadcast && { broadcast }) };
}
