import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createCounters } from '../../src/core/counters.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Plan } from '../../src/core/event/plan.ts';
import type { Post } from '../../src/core/event/post.ts';
import { type Message, toMessage } from '../../src/core/message/message.ts';
import type { Platform } from '../../src/core/platform/platform.ts';
import { createLanes } from '../../src/relay/lanes.ts';
import { createPoster } from '../../src/relay/post.ts';
import { aChat, faults } from '../doubles/chat.ts';
import { createSimulatedClock } from '../doubles/clocks/simulated-clock.ts';
import { createMemoryPosts } from '../doubles/memory-posts.ts';
import { runs } from '../runs.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BUDGET = { perSecond: 2, burst: 3 };
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

describe('a post that may be out', () => {
  it('is looked for from its first attempt on, until a look-up is answered', async () => {
    const { chat, clock, owe, lanes } = aWorld();
    chat.fail(faults.silence(), { afterPosting: true });
    chat.refuseLookUps(faults.away(), 2);
    const begun = clock.now().getTime();
    const post = owe('ops');
    await clock.until(lanes.idle());
    assert.deepEqual([chat.posted.length, chat.calls, chat.lookups], [1, 1, 3]);
    assert.equal(post()?.state, 'posted');
    for (const { since } of chat.asked) {
      assert.ok(since.getTime() <= begun, 'nothing is overlooked');
      assert.ok(since.getTime() > begun - 10 * MINUTE, 'no more is read than needed');
    }
  });

  for (const [what, fault] of Object.entries(faults))
    it(`is not posted again while look-ups fail (${what})`, async () => {
      const { chat, clock, owe, lanes } = aWorld();
      chat.fail(faults.nonsense(), { afterPosting: true });
      chat.refuseLookUps(fault(), 5);
      const post = owe('ops');
      await clock.until(lanes.idle());
      assert.deepEqual([chat.posted.length, chat.calls, post()?.state], [1, 1, 'posted']);
    });

  it('is looked for in the thread it was posted to', async () => {
    const { chat, clock, owe, lanes } = aWorld();
    chat.fail(faults.silence(), { afterPosting: true });
    owe('ops', { thread: '17.4' });
    await clock.until(lanes.idle());
    assert.deepEqual([chat.posted[0]?.thread, chat.asked[0]?.thread, chat.posted.length], ['17.4', '17.4', 1]);
  });

  it('is posted again once an answered look-up does not find it', async () => {
    const { chat, clock, owe, lanes } = aWorld();
    chat.fail(faults.silence());
    chat.refuseLookUps(faults.away());
    const post = owe('ops');
    await clock.until(lanes.idle());
    assert.deepEqual([chat.posted.length, chat.calls, post()?.state], [1, 2, 'posted']);
  });

  it('says so while it waits', async () => {
    const { chat, clock, owe } = aWorld();
    chat.fail(faults.silence(), { afterPosting: true });
    chat.refuseLookUps(faults.forbidden(), 100);
    const post = owe('ops');
    await clock.until(clock.sleep(MINUTE));
    assert.equal(post()?.state, 'due');
    assert.match(
      post()?.error ?? '',
      /^It may have been posted already, so Bellhop looks it up first\. .* read `#ops`\.$/,
    );
  });

  it('holds up those behind it only for a few minutes', async () => {
    const { chat, clock, owe } = aWorld();
    chat.fail(faults.silence(), { afterPosting: true });
    chat.refuseLookUps(faults.forbidden(), 1_000);
    owe('ops');
    const second = owe('ops');
    await clock.until(clock.sleep(2 * MINUTE));
    assert.equal(second()?.state, 'due');
    await clock.until(clock.sleep(4 * MINUTE));
    assert.equal(second()?.state, 'posted');
    assert.equal(owe('ops')()?.state, 'due');
  });

  it('is left to a person after an hour of refused look-ups, and found when that person asks again', async () => {
    const { chat, clock, posts, owe, lanes } = aWorld();
    chat.fail(faults.silence(), { afterPosting: true });
    chat.refuseLookUps(faults.forbidden(), 1_000);
    const post = owe('ops');
    await clock.until(lanes.idle());
    assert.ok(clock.elapsed() > HOUR && clock.elapsed() < 2 * HOUR);
    assert.equal(post()?.state, 'failed');
    assert.match(post()?.error ?? '', /^It may have been posted; Bellhop could not find out\. /);
    chat.answerLookUps();
    lanes.add([posts.again(post()?.id ?? '')], { asked: true });
    await clock.until(lanes.idle());
    assert.deepEqual([chat.posted.length, post()?.state], [1, 'posted']);
  });

  it('is looked for all day while the chat is away, for time can help', async () => {
    const { chat, clock, owe, lanes } = aWorld();
    chat.fail(faults.silence(), { afterPosting: true });
    chat.refuseLookUps(faults.away(), 200);
    const post = owe('ops');
    await clock.until(lanes.idle());
    assert.ok(clock.elapsed() > 10 * HOUR);
    assert.deepEqual([chat.posted.length, post()?.state], [1, 'posted']);
  });
});

describe('a lane', () => {
  it('is not closed by what leaves doubt, nor by a message that is refused', async () => {
    const { chat, clock, closed, owe, lanes } = aWorld();
    chat.fail(faults.nonsense());
    const first = owe('ops');
    await clock.until(lanes.idle());
    chat.fail(faults.refused());
    const [second, third] = [owe('ops'), owe('ops')];
    await clock.until(lanes.idle());
    assert.deepEqual([first()?.state, second()?.state, third()?.state], ['posted', 'failed', 'posted']);
    assert.deepEqual(closed, []);
  });

  it('gives up what a closed channel is owed without asking again, and opens when somebody asks', async () => {
    const { chat, clock, closed, posts, owe, lanes } = aWorld();
    chat.fail(faults.archived());
    const owed = [owe('ops'), owe('ops'), owe('ops')];
    await clock.until(lanes.idle());
    assert.deepEqual([chat.calls, chat.lookups, closed.length], [1, 0, 1]);
    lanes.add(
      owed.map((post) => posts.again(post()?.id ?? '')),
      { asked: true },
    );
    await clock.until(lanes.idle());
    assert.deepEqual([chat.posted.length, chat.lookups], [3, 0]);
  });

  it('gives up alone a post whose message cannot be made', async () => {
    const { clock, owe, lanes } = aWorld({
      compose({ id }) {
        if (id === '1') throw faults.refused();
        return toMessage({ body: id });
      },
    });
    const [first, second] = [owe('ops'), owe('ops')];
    await clock.until(lanes.idle());
    assert.deepEqual([first()?.state, first()?.firstAttemptAt, second()?.state], ['failed', undefined, 'posted']);
  });

  it('takes more than memory holds from the journal, in order', async () => {
    const { chat, clock, owe, lanes } = aWorld({ budget: { perSecond: 1_000, burst: 1_000 } });
    const owed = Array.from({ length: 3_000 }, () => owe('ops'));
    assert.ok(lanes.waiting <= 1_000);
    await clock.until(lanes.idle());
    assert.ok(owed.every((post) => post()?.state === 'posted'));
    assert.deepEqual(chat.titles('ops'), numbers(3_000));
  });

  it('counts a post of two messages as two', async () => {
    const messagesFor = ({ body }: Message) => (body === '1' ? 2 : 1);
    const { chat, clock, owe, lanes } = aWorld({ budget: { perSecond: 1, burst: 1 }, platform: { messagesFor } });
    for (let posts = 0; posts < 3; posts++) owe('ops');
    await clock.until(lanes.idle());
    assert.deepEqual(chat.times('ops'), [1_000, 2_000, 3_000]);
  });

  it('edits no oftener than the platform allows over all its channels', async () => {
    const { chat, clock, owe, lanes } = aWorld({
      platform: { editBudget: { perSecond: 1, burst: 1 } },
      plan: ({ id }) => (Number(id) > 2 ? { act: 'edit', of: standing } : { act: 'post' }),
    });
    for (const channel of ['a', 'b', 'a', 'b', 'a', 'b']) owe(channel);
    await clock.until(lanes.idle());
    assert.deepEqual(
      chat.attempts.slice(2).map(({ at }) => at),
      [0, 1_000, 2_000, 3_000],
    );
  });

  it('waits by a clock that nobody sets', async () => {
    const { chat, clock, owe, lanes } = aWorld({ budget: { perSecond: 1, burst: 1 } });
    owe('ops');
    await clock.until(lanes.idle());
    const before = clock.elapsed();
    clock.set(new Date(clock.now().getTime() - 24 * HOUR));
    chat.fail(faults.away());
    owe('ops');
    await clock.until(lanes.idle());
    clock.set(new Date(clock.now().getTime() + 48 * HOUR));
    owe('ops');
    await clock.until(lanes.idle());
    assert.deepEqual([chat.posted.length, clock.elapsed() - before < MINUTE], [3, true]);
  });
});

describe('a platform', () => {
  const TOTAL = { perSecond: 4, burst: 2 };

  it('gets no more in all than it takes, and none of its channels is starved, whatever they are owed', async () => {
    const owed = fc.array(
      fc.record({ channel: fc.nat(7), posts: fc.integer({ min: 1, max: 12 }), pause: fc.nat(3_000) }),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(owed, async (arrivals) => {
        const { chat, clock, owe, lanes, posts } = aWorld({ budget: BUDGET, platform: { totalBudget: TOTAL } });
        await clock.until(
          (async () => {
            for (const { channel, posts: count, pause } of arrivals) {
              await clock.sleep(pause);
              for (let post = 0; post < count; post++) owe(String(channel));
            }
            await lanes.idle();
          })(),
        );
        assert.ok(posts.all.every(({ state }) => state === 'posted'));
        assertWithin(TOTAL, chat.attempts);
        // Each channel that is owed something has a turn whenever all the others had one.
        const longest = (8 / TOTAL.perSecond) * 1_000 + 1_000 / BUDGET.perSecond;
        for (const own of Map.groupBy(posts.all, ({ channel }) => channel).values())
          for (const [index, { createdAt, settledAt }] of own.entries()) {
            const since = Math.max(createdAt.getTime(), own[index - 1]?.settledAt?.getTime() ?? 0);
            assert.ok((settledAt?.getTime() ?? Infinity) - since <= longest + 10);
          }
      }),
      { numRuns: runs(100) },
    );
  });

  it('lets a channel have its message while another is owed hundreds', async () => {
    const { chat, clock, owe } = aWorld({ budget: BUDGET, platform: { totalBudget: TOTAL } });
    for (let posts = 0; posts < 300; posts++) owe('busy');
    await clock.until(clock.sleep(10_000));
    const asked = clock.elapsed();
    owe('quiet');
    await clock.until(clock.sleep(2_000));
    assert.ok((chat.times('quiet')[0] ?? Infinity) - asked < 1_000);
  });

  it('that is away is tried by one channel at a time, says so once, and goes on by itself', async () => {
    const channels = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const script = Array.from({ length: 12 }, () => ({ fault: faults.away() }));
    const { chat, clock, owe, lanes, paused } = aWorld({ script });
    for (const channel of channels) owe(channel);
    await clock.until(lanes.idle());
    assert.equal(chat.posted.length, channels.length);
    assert.deepEqual(paused, ['Chat: Chat is away.']);
    const tries = chat.attempts.map(({ at }) => at).slice(channels.length, 12);
    assert.equal(new Set(tries).size, tries.length, 'one at a time');
  });

  it('that refuses the token is not asked by every channel', async () => {
    const refused = new AppError(401, 'token', 'Chat does not accept the token.', { retryAfter: MINUTE });
    const script = Array.from({ length: 10 }, () => ({ fault: refused }));
    const { chat, clock, owe, lanes, paused } = aWorld({ script });
    owe('a');
    await clock.until(clock.sleep(1));
    for (const channel of ['b', 'c', 'd', 'e']) owe(channel);
    await clock.until(lanes.idle());
    assert.deepEqual([chat.posted.length, chat.calls, paused.length], [5, 15, 1]);
    assert.ok(clock.elapsed() >= 10 * MINUTE);
  });
});

/** Faults that pass within minutes, so that nothing is given up and order holds. */
const passing = fc.constantFrom(
  { fault: faults.limited(700) },
  { fault: faults.limited(20_000) },
  { fault: faults.silence() },
  { fault: faults.silence(), afterPosting: true },
  { fault: faults.nonsense(), afterPosting: true },
  { fault: faults.away() },
  { fault: faults.broken(), afterPosting: true },
);
const lookUp = fc.constantFrom(
  faults.limited(9_000),
  faults.away(),
  faults.forbidden(),
  faults.nonsense(),
  faults.broken(),
);

it('loses nothing, posts nothing twice, and keeps order and budget, whatever passes and whenever it is killed', async () => {
  const steps = fc.array(fc.record({ channel: fc.constantFrom('a', 'b', 'c'), pause: fc.nat(2_000) }), {
    minLength: 1,
    maxLength: 30,
  });
  const failing = fc.array(fc.option(passing, { freq: 2 }), { maxLength: 12 });
  const lookUps = fc.array(lookUp, { maxLength: 5 });
  const kills = fc.array(fc.record({ after: fc.nat(25), done: fc.boolean() }), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(steps, failing, lookUps, kills, async (owed, script, refused, ends) => {
      const world = aWorld({ budget: BUDGET, script, kills: ends });
      const { chat, clock, posts, owe } = world;
      for (const error of refused) chat.refuseLookUps(error);
      await clock.until(
        (async () => {
          for (const { channel, pause } of owed) {
            await clock.sleep(pause);
            owe(channel);
          }
          await world.settled();
        })(),
      );
      assert.ok(posts.all.every(({ state }) => state === 'posted'));
      for (const channel of ['a', 'b', 'c']) {
        const ids = posts.all.filter((post) => post.channel === channel).map(({ id }) => id);
        assert.deepEqual(chat.titles(channel), ids);
      }
      for (const life of world.lives)
        for (const channel of ['a', 'b', 'c'])
          assertWithin(
            BUDGET,
            life.filter((call) => call.channel === channel),
          );
    }),
    { numRuns: runs(300) },
  );
});

function assertWithin({ perSecond, burst }: typeof BUDGET, calls: readonly { readonly at: number }[]): void {
  for (const [first, { at: from }] of calls.entries())
    for (const [last, { at: to }] of calls.entries())
      if (last >= first)
        assert.ok(
          last - first + 1 <= burst + ((to - from) / 1000) * perSecond + 0.01,
          `${last - first + 1} messages in ${to - from} ms`,
        );
}

const standing = { ref: { channel: 'a', id: '1' }, postedAt: '2026-01-05T12:00:00.000Z' };

interface WorldOptions {
  readonly platform?: Partial<Platform>;
  readonly plan?: (post: Post) => Plan;
  readonly budget?: typeof BUDGET;
  readonly compose?: (post: Post) => ReturnType<typeof toMessage>;
  readonly script?: readonly ({ readonly fault: Error; readonly afterPosting?: boolean } | null)[];
  /** After how many operations a process is killed, and whether the last of them is done. */
  readonly kills?: readonly { readonly after: number; readonly done: boolean }[];
}

/** Lanes in front of a chat, with a journal that outlives them. */
function aWorld({
  budget = { perSecond: 1_000, burst: 1_000 },
  compose = ({ id }) => toMessage({ body: id }),
  plan = () => ({ act: 'post' }),
  platform: more = {},
  script = [],
  kills = [],
}: WorldOptions = {}) {
  const clock = createSimulatedClock();
  const chat = aChat({ budget, now: clock.elapsed });
  const posts = createMemoryPosts(clock.now);
  const closed: string[] = [];
  const paused: string[] = [];
  const faultsLeft = [...script];
  const killsLeft = [...kills];
  const lives: (typeof chat.attempts)[number][][] = [];
  let lanes = live();

  function live() {
    const kill = killsLeft.shift();
    const calls: (typeof chat.attempts)[number][] = [];
    lives.push(calls);
    let left = kill?.after ?? Number.POSITIVE_INFINITY;
    /** An operation of a process that may be killed before, or between the deed and its answer. */
    const mortal =
      <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
      async (...args: Args): Promise<Result> => {
        if (left-- > 0) return work(...args);
        if (left === -1) {
          if (kill?.done) await work(...args).catch(() => undefined);
          lanes = live();
          void lanes.start();
        }
        return new Promise(() => undefined);
      };
    const platform = {
      ...chat.platform,
      ...more,
      post: mortal<Parameters<typeof chat.platform.post>, Awaited<ReturnType<typeof chat.platform.post>>>(
        (channel, ...rest) => {
          calls.push({ channel, at: clock.elapsed() });
          const next = faultsLeft.shift();
          if (next) chat.fail(next.fault, next);
          return chat.platform.post(channel, ...rest);
        },
      ),
      find: mortal(chat.platform.find),
    };
    const parts = {
      platforms: new Map([['chat', platform]]),
      journal: {
        posts: {
          begin: mortal(posts.begin),
          settle: mortal(posts.settle),
          attempt: mortal(posts.attempt),
          due: posts.due,
          owed: posts.owed,
        },
      },
      clock,
      counters: createCounters(),
      log: quiet,
    };
    const attempt = createPoster({
      ...parts,
      prepare: async (post) => ({ plan: plan(post), message: compose(post), takes: [], toRecords: () => ({}) }),
      onClosed: (_, reason) => closed.push(reason),
      onLeftOut: () => undefined,
    });
    return createLanes({
      ...parts,
      attempt,
      rush: () => false,
      onSettled: () => undefined,
      onPaused: (title, reason) => paused.push(`${title}: ${reason}`),
    });
  }

  return {
    clock,
    chat,
    closed,
    paused,
    lives,
    posts: {
      get all() {
        return posts.all;
      },
      /** What was given up, due again. */
      again(id: string): Post {
        const { error: _, ...post } = posts.get(id) ?? assert.fail(`no post ${id}`);
        Object.assign(posts.get(id) ?? {}, { state: 'due', attempts: 0 });
        return { ...post, state: 'due' };
      },
    },
    get lanes() {
      return lanes;
    },
    owe(channel: string, more: Partial<Post> = {}) {
      const post = posts.owe(channel, more);
      lanes.add([post]);
      return () => posts.get(post.id);
    },
    /** Resolves once nothing is owed, in whichever life. */
    async settled() {
      while (posts.all.some(({ state }) => state === 'due')) await clock.sleep(1_000);
    },
  };
}

function numbers(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1));
}
