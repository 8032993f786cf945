import type { Post } from '../../core/event/post.ts';
import type { ChannelBudget } from '../../core/platform/platform.ts';

/** Seconds' worth of messages that a source may owe a channel before one message takes over. */
const SECONDS = 10;
/** Critical ones of a storm that still have a message each. */
const FEW = 3;
/** Messages of one source in ten seconds, beyond which not even those have one. */
const MESSAGES = 4;

export interface StormFacts {
  readonly post: Post;
  /** What waits of the same source, and the post itself. */
  readonly waiting: readonly Post[];
  /** Counts how many messages and edits they need at least, which takes long for many. */
  readonly needed: () => number;
  readonly budget: ChannelBudget;
  /** Whether one message has taken over already, and has not come to rest. */
  readonly active: boolean;
  /** How many messages of its own the source had in the last ten seconds. */
  readonly lately: number;
  /** How many critical ones the storm had before. */
  readonly critical: number;
}

/** Whether a post has no message of its own, because its source owes the channel more than it can carry. Pure. */
export function isRolledUp({ needed, budget, active, ...facts }: StormFacts): boolean {
  const room = budget.perSecond * SECONDS;
  if (!active && (facts.waiting.length <= room || needed() <= room)) return false;
  return !isSingle(facts);
}

/** Whether a post of a storm has a message of its own: what is critical does, as long as there is little of it. */
export function isSingle({
  post,
  waiting,
  lately,
  critical,
}: Pick<StormFacts, 'post' | 'waiting' | 'lately' | 'critical'>): boolean {
  if (post.about?.severity !== 'critical' || lately >= MESSAGES) return false;
  return critical + waiting.filter(({ about }) => about?.severity === 'critical').length <= FEW;
}
