import type { Clock } from '../core/clock.ts';
import type { OwedChannel, Post, PostStore } from '../core/event/post.ts';
import type { Log } from '../core/log.ts';
import type { Platform } from '../core/platform/platform.ts';
import type { Poster } from './post.ts';
import { createChannel } from './posting/channel.ts';
import { createLane, type Lane } from './posting/lane.ts';
import { createShares } from './posting/shares.ts';

export interface Lanes {
  /** Queues posts behind what their channels are owed already. Those a person asked for open a closed channel again. */
  add(posts: readonly Post[], options?: { readonly asked?: boolean }): void;
  /** Tries what failed in these channels again now, where only a pause is waited for. */
  hurry(channels: readonly OwedChannel[]): void;
  /** Takes up what an earlier run left owed. */
  start(): Promise<void>;
  /** How many posts are at hand, over all channels. */
  readonly waiting: number;
  /** Resolves once nothing is owed. */
  idle(): Promise<void>;
  /** Finishes what is in flight, and leaves the rest to the next start. */
  stop(): Promise<void>;
}

export interface LanesParts {
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

const STOP_WITHIN = 5_000;
/** Posts at hand in all lanes together, beyond which each lane holds no more than it needs at once. */
const AT_HAND = 20_000;

/** One lane in front of each channel, so that a slow channel delays no other. */
export function createLanes({
  platforms,
  journal,
  clock,
  log,
  attempt,
  rush,
  holds = () => 0,
  onSettled,
  onPaused,
}: LanesParts): Lanes {
  const lanes = new Map<string, Lane>();
  const shares = createShares({ platforms, clock, log, onPaused });
  const stopping = new AbortController();

  function laneOf({ platform, channel }: OwedChannel): Lane {
    const key = `${platform}:${channel}`;
    const known = lanes.get(key);
    if (known) return known;
    const lane = createLane({
      where: { platform, channel },
      channel: createChannel({
        bucket: shares.bucket(platform, channel),
        ...shares.of(platform),
        clock,
      }),
      attempt,
      journal,
      clock,
      log,
      rush,
      hasRoom: () => waiting() < AT_HAND,
      holds,
      onSettled,
      stopping: stopping.signal,
    });
    lanes.set(key, lane);
    return lane;
  }

  function waiting(): number {
    let sum = 0;
    for (const lane of lanes.values()) sum += lane.waiting;
    return sum;
  }

  async function idle(): Promise<void> {
    await Promise.all([...lanes.values()].map((lane) => lane.idle()));
  }

  return {
    add(posts, { asked = false } = {}) {
      for (const post of posts) {
        if (post.state !== 'due') continue;
        const lane = laneOf(post);
        if (asked) lane.open();
        lane.add(post);
      }
    },
    hurry(channels) {
      for (const channel of channels) laneOf(channel).hurry();
    },
    async start() {
      for (const channel of await journal.posts.owed()) laneOf(channel).wake();
    },
    get waiting() {
      return waiting();
    },
    idle,
    async stop() {
      stopping.abort();
      const ended = new AbortController();
      await Promise.race([idle().finally(() => ended.abort()), clock.sleep(STOP_WITHIN, ended.signal)]);
    },
  };
}
