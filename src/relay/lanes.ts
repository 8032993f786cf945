import type { Clock } from '../core/clock.ts';
import type { Counters } from '../core/counters.ts';
import { AppError, UNFORESEEN } from '../core/errors.ts';
import type { Journal } from '../core/journal.ts';
import type { Log } from '../core/log.ts';
import type { Message } from '../core/message.ts';
import type { ChannelBudget, Platform } from '../core/platform.ts';
import type { MessageRef, Post } from '../core/post.ts';

export interface Lanes {
  /** Queues posts behind what their channels are owed already. `doubtful` ones may be out: they are looked up first. */
  add(posts: readonly Post[], options?: { readonly doubtful?: boolean }): void;
  /** How many posts wait, over all channels. */
  readonly waiting: number;
  /** Resolves once nothing is owed that could be sent now. */
  idle(): Promise<void>;
  /** Finishes what is in flight, and leaves the rest to the next start. */
  stop(): Promise<void>;
}

export interface LaneParts {
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly log: Log;
  /** The message a post says, made when its turn comes. */
  readonly compose: (post: Post) => Promise<Message>;
  readonly onSettled: (post: Post) => void;
}

interface Waiting {
  readonly post: Post;
  doubtful: boolean;
  attempts: number;
}

/** How often a post is tried while its platform fails in ways that time can help; a rate limit does not count. */
const MAX_ATTEMPTS = 20;
const BACKOFF = { first: 1_000, most: 300_000 } as const;
const STOP_WITHIN = 5_000;

/** One queue in front of each channel: one post at a time, in order, inside the channel's budget. A slow channel delays no other. */
export function createLanes({ platforms, journal, clock, counters, log, compose, onSettled }: LaneParts): Lanes {
  const lanes = new Map<string, Lane>();
  const stopping = new AbortController();
  let waiting = 0;

  interface Lane {
    readonly queue: Waiting[];
    readonly take: () => number;
    running: Promise<void> | undefined;
  }

  function add(posts: readonly Post[], { doubtful = false } = {}): void {
    for (const post of posts) {
      if (post.state !== 'due') continue;
      const key = `${post.platform}:${post.channel}`;
      const platform = platforms.get(post.platform);
      const lane = lanes.get(key) ?? { queue: [], take: createBucket(platform?.budget, clock), running: undefined };
      lanes.set(key, lane);
      lane.queue.push({ post, doubtful, attempts: 0 });
      waiting++;
      if (!lane.running && !stopping.signal.aborted)
        lane.running = run(lane).finally(() => {
          lane.running = undefined;
        });
    }
  }

  async function run(lane: Lane): Promise<void> {
    for (let next = lane.queue[0]; next && !stopping.signal.aborted; next = lane.queue[0]) {
      const settled = await send(lane, next).catch((error: unknown) => postpone(next, error));
      if (!settled) continue;
      lane.queue.shift();
      waiting--;
      onSettled(next.post);
    }
  }

  /** Whether the post has its outcome. */
  async function send(lane: Lane, next: Waiting): Promise<boolean> {
    const { post } = next;
    const platform = platforms.get(post.platform);
    if (!platform) return giveUp(next, `\`${post.platform}\` is not connected here. Connect it, then try again.`);
    const nonce = `bellhop-${post.id}`;
    if (next.doubtful) {
      const ref = await platform.find(post.channel, nonce, new Date(clock.now().getTime() - 86_400_000));
      if (ref) return record(next, ref);
      next.doubtful = false;
    }
    const message = await compose(post);
    const pause = lane.take();
    if (pause > 0) await clock.sleep(pause, stopping.signal);
    if (stopping.signal.aborted) return false;
    const before = performance.now();
    // Until the answer is read, the message may be out.
    next.doubtful = true;
    const ref = await platform.post(post.channel, message, { nonce });
    counters.observe('post', (performance.now() - before) / 1000);
    return record(next, ref);
  }

  async function record(next: Waiting, ref: MessageRef): Promise<boolean> {
    await journal.posts.settle(next.post.id, { state: 'posted', attempts: next.attempts + 1, ref });
    counters.add('posts', { platform: next.post.platform, outcome: 'posted' });
    return true;
  }

  async function giveUp({ post, attempts }: Waiting, reason: string): Promise<boolean> {
    await journal.posts.settle(post.id, { state: 'failed', attempts, error: reason });
    counters.add('posts', { platform: post.platform, outcome: 'failed' });
    log.warn(
      { postId: post.id, eventId: post.eventId, platform: post.platform, channel: post.channelName, reason },
      'gave a post up',
    );
    return true;
  }

  async function postpone(next: Waiting, error: unknown): Promise<boolean> {
    const foreseen = error instanceof AppError ? error : undefined;
    if (!foreseen) log.error({ err: error, postId: next.post.id }, 'a post failed in an unforeseen way');
    const limited = foreseen?.status === 429;
    // A refusal that was spoken leaves no doubt; silence does.
    if (foreseen && foreseen.status < 500) next.doubtful = false;
    if (!limited) next.attempts++;
    const hopeless = !limited && foreseen !== undefined && foreseen.retryAfter === undefined;
    const reason = foreseen?.message ?? UNFORESEEN;
    try {
      if (hopeless || next.attempts >= MAX_ATTEMPTS) return await giveUp(next, reason);
      if (!limited) await journal.posts.attempt(next.post.id, next.attempts, reason);
    } catch (failure) {
      log.error({ err: failure, postId: next.post.id }, 'the outcome of a post could not be recorded; trying again');
    }
    await clock.sleep(Math.max(foreseen?.retryAfter ?? 0, limited ? 0 : backoff(next.attempts)), stopping.signal);
    return false;
  }

  return {
    add,
    get waiting() {
      return waiting;
    },
    async idle() {
      while (waiting && !stopping.signal.aborted) await Promise.all([...lanes.values()].map(({ running }) => running));
    },
    async stop() {
      stopping.abort();
      const inFlight = Promise.all([...lanes.values()].map(({ running }) => running));
      const ended = new AbortController();
      await Promise.race([inFlight.finally(() => ended.abort()), clock.sleep(STOP_WITHIN, ended.signal)]);
    },
  };
}

/** Doubles from one second to five minutes, with jitter so that many lanes do not knock together. */
function backoff(attempts: number): number {
  const most = Math.min(BACKOFF.most, BACKOFF.first * 2 ** Math.max(0, attempts - 1));
  return most / 2 + (Math.random() * most) / 2;
}

/** A token bucket: takes one token and says how many milliseconds to wait before using it. */
function createBucket({ perSecond, burst }: ChannelBudget = { perSecond: 1, burst: 1 }, clock: Clock): () => number {
  let tokens = burst;
  let filledAt = clock.now().getTime();
  return () => {
    const now = clock.now().getTime();
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond) - 1;
    filledAt = now;
    return tokens >= 0 ? 0 : Math.ceil((-tokens / perSecond) * 1000);
  };
}
