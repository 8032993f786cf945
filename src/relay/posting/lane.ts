import type { Clock } from '../../core/clock.ts';
import type { OwedChannel, Post, PostStore } from '../../core/event/post.ts';
import type { Log } from '../../core/log.ts';
import { createBacklog } from '../backlog.ts';
import type { Poster } from '../post.ts';
import type { Channel } from './channel.ts';
import { createOrder } from './order.ts';
import { type Owed, toOwed } from './owed.ts';

/** The queue in front of one channel: one post at a time, in order, inside the channel's budget. */
export interface Lane {
  /** Queues a post that is on disk behind what the channel is owed already. */
  add(post: Post): void;
  /** Takes up what the journal owes the channel. */
  wake(): void;
  /** The journal may owe the channel more than is known here. */
  look(): void;
  /** A person asks: the channel may take something again. */
  open(): void;
  /** A person asks: what failed is tried again now. */
  hurry(): void;
  /** How many posts are at hand. */
  readonly waiting: number;
  /** Resolves once nothing is owed; at once while nothing is. */
  idle(): Promise<void>;
}

export interface LaneParts {
  readonly where: OwedChannel;
  readonly channel: Channel;
  readonly attempt: Poster;
  readonly journal: { readonly posts: Pick<PostStore, 'due'> };
  readonly clock: Clock;
  readonly log: Log;
  /** Whether deliveries arrive in numbers: they come first. */
  readonly rush: () => boolean;
  /** Whether memory has room for more than a lane needs at once. */
  readonly hasRoom: () => boolean;
  /** Until when a post may not have its turn, on the clock that nobody can set, given what waits beside it; 0 where it may. */
  readonly holds: (post: Post, beside: () => readonly Post[]) => number;
  readonly onSettled: (post: Post) => void;
  readonly stopping: AbortSignal;
}

/** Posts at hand; the others wait in the journal. */
const AT_HAND = 1_000;
const AT_HAND_BYTES = 2 * 1024 * 1024;
const PAGE = { posts: 200, bytes: 1024 * 1024 } as const;
/** How long a post that may have been posted already holds up those behind it. Milliseconds, as all below. */
const HOLDS_UP_FOR = 300_000;
/** How long a lane rests after each post while deliveries arrive in numbers. */
const REST_IN_RUSH = 20;
const READ_AGAIN = 1_000;
/** How many posts are many to choose from, and how long a lane that waits leaves it at its choice then. */
const MANY = 50;
const CHOOSE_AGAIN = 50;

interface Turn {
  readonly owed: Owed;
  /** When it may be attempted, on the clock that nobody can set. */
  notBefore: number;
  /** Whether it waits because it failed. */
  backsOff?: boolean;
}

export function createLane({
  where,
  channel,
  attempt,
  journal,
  clock,
  log,
  rush,
  hasRoom,
  holds,
  onSettled,
  stopping,
}: LaneParts): Lane {
  const backlog = createBacklog<Post>({
    read: async (query) => (await journal.posts.due({ ...where, ...query, maxBytes: PAGE.bytes })).map(withoutMessage),
    most: { items: AT_HAND, bytes: AT_HAND_BYTES },
    page: PAGE.posts,
    least: () => (hasRoom() ? AT_HAND / 2 : 0),
    bytesOf: ({ about }) => sizeOf(about),
  });
  /** Posts that may have been posted already and have held up the others long enough. They are looked up while the others go on. */
  const aside = new Set<Turn>();
  const order = createOrder();
  let first: Turn | undefined;
  let running: Promise<void> | undefined;
  let news = new AbortController();

  function wake(): void {
    // Without a reason Node makes an error for each.
    news.abort('news');
    if (running || stopping.aborted) return;
    running = run();
  }

  async function run(): Promise<void> {
    while (!stopping.aborted) {
      if (!(await fill())) continue;
      news = new AbortController();
      const next = choose();
      // No turn of the loop lies between finding nothing and ending, so nothing added is overlooked.
      if (!next) break;
      const pause = next.notBefore - clock.elapsed();
      const interrupted = AbortSignal.any([stopping, news.signal]);
      if (pause > 0) await clock.sleep(pause, interrupted);
      // To choose again costs more the more there is to choose from.
      if (pause > 0 && news.signal.aborted && backlog.size > MANY) await clock.sleep(CHOOSE_AGAIN, stopping);
      if (pause <= 0 || !interrupted.aborted) await take(next);
    }
    running = undefined;
  }

  async function fill(): Promise<boolean> {
    try {
      await backlog.fill();
      return true;
    } catch (error) {
      log.error({ err: error, ...where }, 'what a channel is owed could not be read; trying again');
      await clock.sleep(READ_AGAIN, stopping);
      return false;
    }
  }

  /** The post whose turn comes first, unless one that stands aside is to be looked for before. */
  function choose(): Turn | undefined {
    const isAttempted = first && (first.owed.attempted || first.owed.failures > 0);
    if (!isAttempted) first = firstOf([...backlog.items()]);
    return [...aside, ...(first ? [first] : [])].toSorted((a, b) => a.notBefore - b.notBefore)[0];
  }

  /** The next post that may have its turn, or else the one that may have it soonest. */
  function firstOf(waiting: readonly Post[]): Turn | undefined {
    const heldUntil = (post: Post) => holds(post, () => beside(post));
    const outside = [...aside].map(({ owed }) => owed.post);
    const now = clock.elapsed();
    const toTurn = (post: Post, notBefore: number) => ({ owed: toOwed(post, clock, () => beside(post)), notBefore });
    const next = order.next(waiting, outside, (post) => heldUntil(post) > now);
    if (next) return toTurn(next, now);
    const held = waiting.map((post) => ({ post, until: heldUntil(post) })).filter(({ until }) => until > now);
    const [soonest] = held.toSorted((one, other) => one.until - other.until);
    return soonest && toTurn(soonest.post, soonest.until);
  }

  /** What waits beside a post and surely is not out, oldest first. */
  function beside({ id }: Post): readonly Post[] {
    return [...backlog.items()].filter((post) => post.id !== id && !post.firstAttemptAt);
  }

  async function take(turn: Turn): Promise<void> {
    const { owed } = turn;
    const outcome = await attempt(owed, channel, stopping);
    if (!outcome.settled) {
      turn.notBefore = clock.elapsed() + outcome.wait;
      turn.backsOff = outcome.backsOff === true;
      const { doubtSince } = owed.attempted ?? {};
      if (turn === first && doubtSince !== undefined && turn.notBefore > doubtSince + HOLDS_UP_FOR) setAside(turn);
      return;
    }
    if (aside.delete(turn)) backlog.forget(owed.post.id);
    else first = undefined;
    for (const post of [owed.post, ...(outcome.along ?? [])]) {
      backlog.remove(post.id);
      onSettled(post);
    }
    if (rush()) await clock.sleep(REST_IN_RUSH, stopping);
  }

  function setAside(turn: Turn): void {
    aside.add(turn);
    backlog.pass(turn.owed.post.id);
    first = undefined;
  }

  return {
    add(post) {
      backlog.add(withoutMessage(post));
      wake();
    },
    wake,
    look() {
      backlog.look();
      wake();
    },
    open() {
      channel.open();
      wake();
    },
    hurry() {
      for (const turn of [...aside, ...(first ? [first] : [])]) if (turn.backsOff) turn.notBefore = clock.elapsed();
      channel.open();
      channel.gate.hurry();
      wake();
    },
    get waiting() {
      return backlog.size + aside.size;
    },
    async idle() {
      while (running) await running;
    },
  };
}

/** A notice's message stays in the journal until its turn comes: many of them would fill the memory. */
function withoutMessage({ message: _, ...post }: Post): Post {
  return post;
}

function sizeOf(about: Post['about']): number {
  return about ? JSON.stringify(about).length : 0;
}
