import type { Clock } from '../../core/clock.ts';
import type { Closing, Cluster } from '../../core/cluster.ts';
import type { OwedChannel, Post, PostStore } from '../../core/event/post.ts';
import type { Log } from '../../core/log.ts';
import type { Platform } from '../../core/platform/platform.ts';
import type { Poster } from '../post.ts';
import { createChannel } from './channel.ts';
import { createLane, type Lane } from './lane.ts';
import { createShares } from './shares.ts';

export interface LaneMakerParts {
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly journal: { readonly posts: Pick<PostStore, 'due' | 'owed'> };
  readonly clock: Clock;
  readonly log: Log;
  readonly attempt: Poster;
  /** Whether deliveries arrive in numbers: they come first. */
  readonly rush: () => boolean;
  /** Until when a post may not have its turn, on the clock that nobody can set, given what waits beside it; 0 where it may. */
  readonly holds?: (post: Post, beside: () => readonly Post[]) => number;
  readonly onSettled: (post: Post) => void;
  /** Called once when a platform fails in all its channels, by what people call it. */
  readonly onPaused?: (title: string, reason: string) => void;
}

export interface LaneOptions {
  readonly where: OwedChannel;
  readonly stopping: AbortSignal;
  /** Why the channel takes nothing, where that is known from before. */
  readonly closed?: Closing | undefined;
  /** Called when the channel takes nothing any more, or something again. */
  readonly onClosing?: (closing: Closing | undefined) => void;
}

/** Makes the lane in front of a channel. */
export type MakeLane = (options: LaneOptions) => Lane;

/** Posts at hand in all lanes together, beyond which each lane holds no more than it needs at once. */
const AT_HAND = 20_000;

/** Makes lanes that share what their platforms allow, with those of other nodes too where there is a `cluster`. */
export function createLaneMaker(
  { platforms, journal, clock, log, attempt, rush, holds = () => 0, onSettled, onPaused }: LaneMakerParts,
  {
    waiting,
    cluster,
  }: {
    /** How many posts are at hand in all lanes. */
    readonly waiting: () => number;
    readonly cluster?: Pick<Cluster, 'bus' | 'lanes'>;
  },
): MakeLane {
  const shares = createShares({ platforms, clock, log, onPaused, cluster });
  return ({ where, stopping, ...closing }) => {
    const { platform, channel } = where;
    return createLane({
      where,
      channel: createChannel({
        bucket: shares.bucket(platform, channel),
        ...shares.of(platform),
        clock,
        ...closing,
      }),
      attempt,
      journal,
      clock,
      log,
      rush,
      hasRoom: () => waiting() < AT_HAND,
      holds,
      onSettled,
      stopping,
    });
  };
}

/** How many posts are at hand, over some lanes. */
export function waitingIn(lanes: Iterable<Pick<Lane, 'waiting'>>): number {
  let sum = 0;
  for (const lane of lanes) sum += lane.waiting;
  return sum;
}
