import type { OwedChannel, Post } from '../core/event/post.ts';
import type { Lane } from './posting/lane.ts';
import { createLaneMaker, type LaneMakerParts, waitingIn } from './posting/lane-maker.ts';

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

const STOP_WITHIN = 5_000;

/** One lane in front of each channel, so that a slow channel delays no other. */
export function createLanes(parts: LaneMakerParts): Lanes {
  const { journal, clock } = parts;
  const lanes = new Map<string, Lane>();
  const stopping = new AbortController();
  const waiting = () => waitingIn(lanes.values());
  const makeLane = createLaneMaker(parts, { waiting });

  function laneOf({ platform, channel }: OwedChannel): Lane {
    const key = `${platform}:${channel}`;
    const known = lanes.get(key);
    if (known) return known;
    const lane = makeLane({ where: { platform, channel }, stopping: stopping.signal });
    lanes.set(key, lane);
    return lane;
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
