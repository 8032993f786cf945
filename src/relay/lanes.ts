import type { Clock } from '../core/clock.ts';
import type { Counters } from '../core/counters.ts';
import { AppError, UNFORESEEN } from '../core/errors.ts';
import type { Journal } from '../core/event/journal.ts';
import type { MessageRef, Post } from '../core/event/post.ts';
import type { Log } from '../core/log.ts';
import type { Message } from '../core/message/message.ts';
import type { ChannelBudget, Platform } from '../core/platform/platform.ts';

export interface Lanes {
  /**
   * Queues posts behind what their channels are owed already. `doubtful` ones may be out: they are looked up first.
   * `asked` ones were asked for by a person, who may have opened a closed channel again.
   */
  add(posts: readonly Post[], options?: { readonly doubtful?: boolean; readonly asked?: boolean }): void;
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
  /** Whether deliveries arrive in numbers: they come first. */
  readonly rush: () => boolean;
  readonly onSettled: (post: Post) => void;
  /** Hears once when a channel turns out to take nothing any more. */
  readonly onClosed: (post: Post, reason: string) => void;
}

interface Waiting {
  readonly post: Post;
  doubtful: boolean;
  attempts: number;
  /** When it failed first, in milliseconds. */
  failedAt?: number;
}

interface Lane {
  readonly queue: Waiting[];
  readonly take: () => number;
  running: boolean;
  /** Set while the channel is known to take nothing. */
  closed?: { readonly until: number; readonly reason: string };
}

/** How long a post is tried while its platform fails in ways that time can help, in milliseconds. */
const GIVE_UP_AFTER = 86_400_000;
/** How long nothing is sent to a channel that takes nothing: refused calls count towards a ban. */
const CLOSED_FOR = 600_000;
const BACKOFF = { first: 1_000, most: 300_000 } as const;
const STOP_WITHIN = 5_000;
/** How long a lane rests after each post while deliveries arrive in numbers, in milliseconds. */
const REST_IN_RUSH = 20;

/** One queue in front of each channel: one post at a time, in order, inside the channel's budget. A slow channel delays no other. */
export function createLanes({
  platforms,
  journal,
  clock,
  counters,
  log,
  compose,
  rush,
  onSettled,
  onClosed,
}: LaneParts): Lanes {
  const lanes = new Map<string, Lane>();
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let waiting = 0;

  function add(posts: readonly Post[], { doubtful = false, asked = false } = {}): void {
    for (const post of posts) {
      if (post.state !== 'due') continue;
      const lane = laneOf(post);
      if (asked) delete lane.closed;
      lane.queue.push({ post, doubtful, attempts: 0 });
      waiting++;
      if (!lane.running) void run(lane);
    }
  }

  function laneOf({ platform, channel }: Post): Lane {
    const key = `${platform}:${channel}`;
    const known = lanes.get(key);
    if (known) return known;
    const lane: Lane = { queue: [], take: createBucket(platforms.get(platform)?.budget, clock), running: false };
    lanes.set(key, lane);
    return lane;
  }

  async function run(lane: Lane): Promise<void> {
    lane.running = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    running.add(promise);
    for (let next = lane.queue[0]; next && !stopping.signal.aborted; next = lane.queue[0]) {
      const settled = await send(lane, next).catch((error: unknown) => postpone(next, error));
      if (!settled) continue;
      lane.queue.shift();
      waiting--;
      onSettled(next.post);
      if (rush()) await clock.sleep(REST_IN_RUSH, stopping.signal);
    }
    // No turn of the loop lies between finding the queue empty and this, so nothing added is overlooked.
    lane.running = false;
    running.delete(promise);
    resolve();
  }

  /** Whether the post has its outcome. */
  async function send(lane: Lane, next: Waiting): Promise<boolean> {
    const { post } = next;
    const platform = platforms.get(post.platform);
    if (!platform) return giveUp(next, `\`${post.platform}\` is not connected here. Connect it, then try again.`);
    if (lane.closed && clock.now().getTime() < lane.closed.until) return giveUp(next, lane.closed.reason);
    const nonce = `bellhop-${post.id}`;
    if (next.doubtful) {
      const ref = await platform.find(post.channel, { nonce, since: new Date(clock.now().getTime() - 86_400_000) });
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
    const ref = await platform.post(post.channel, message, { nonce }).catch((error: unknown) => {
      if (takesNothing(error)) close(lane, post, error.message);
      throw error;
    });
    delete lane.closed;
    counters.observe('post', (performance.now() - before) / 1000);
    return record(next, ref);
  }

  function close(lane: Lane, post: Post, reason: string): void {
    if (!lane.closed) onClosed(post, reason);
    lane.closed = { until: clock.now().getTime() + CLOSED_FOR, reason };
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
    // A rate limit is no failure, and a token that was revoked can be replaced: what is owed waits for that.
    const limited = foreseen?.status === 429 || (foreseen?.status === 401 && foreseen.retryAfter !== undefined);
    // A refusal that was spoken leaves no doubt; silence does.
    if (foreseen && foreseen.status < 500) next.doubtful = false;
    if (!limited) next.attempts++;
    next.failedAt ??= clock.now().getTime();
    const hopeless = !limited && foreseen !== undefined && foreseen.retryAfter === undefined;
    const tooLate = !limited && clock.now().getTime() - next.failedAt > GIVE_UP_AFTER;
    const reason = foreseen?.message ?? UNFORESEEN;
    try {
      if (hopeless || tooLate) return await giveUp(next, reason);
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
      while (running.size) await Promise.all(running);
    },
    async stop() {
      stopping.abort();
      const inFlight = Promise.all(running);
      const ended = new AbortController();
      await Promise.race([inFlight.finally(() => ended.abort()), clock.sleep(STOP_WITHIN, ended.signal)]);
    },
  };
}

/** Whether no message at all can go where this one was refused: a channel that is gone, closed or out of bounds. */
function takesNothing(error: unknown): error is AppError {
  return error instanceof AppError && [403, 404, 410].includes(error.status) && error.retryAfter === undefined;
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
