import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { createCounters } from '../../src/core/counters.ts';
import type { About } from '../../src/core/event/about.ts';
import { toMessage } from '../../src/core/message/message.ts';
import { createFollower } from '../../src/relay/following/follower.ts';
import { createLanes } from '../../src/relay/lanes.ts';
import { createPoster } from '../../src/relay/post.ts';
import { createGatherer } from '../../src/relay/storms/gatherer.ts';
import { createSources } from '../../src/relay/storms/sources.ts';
import { aChat, faults } from '../doubles/chat.ts';
import { createSimulatedClock } from '../doubles/clocks/simulated-clock.ts';
import { createMemoryJournal } from '../doubles/memory-journal.ts';
import { endpoint } from '../doubles/relay-parts.ts';
import { runs } from '../runs.ts';

const BUDGET = { perSecond: 1, burst: 3 };
const CHANNELS = ['a', 'b'];

/** Faults that pass within minutes, so that nothing is given up and order holds. */
const passing = fc.constantFrom(
  { fault: faults.limited(700) },
  { fault: faults.limited(9_000) },
  { fault: faults.silence() },
  { fault: faults.silence(), afterPosting: true },
  { fault: faults.nonsense(), afterPosting: true },
  { fault: faults.away() },
);

const anEvent = fc.record({
  channel: fc.constantFrom(...CHANNELS),
  pause: fc.constantFrom(0, 0, 50, 1_500),
  about: fc.record({
    subject: fc.constantFrom('alert:1', 'alert:2', 'pull_request:1', 'pull_request:2', 'order:1', undefined),
    state: fc.constantFrom('firing', 'resolved', 'open', 'merged'),
    severity: fc.constantFrom('info' as const, 'warning' as const, 'critical' as const),
    source: fc.constantFrom('one', 'one', 'one', 'two'),
  }),
});

it('shows every event once and in order, however it is followed, whatever passes and whenever it is killed', async () => {
  const events = fc.array(anEvent, { minLength: 1, maxLength: 60, size: 'max' });
  const failing = fc.array(fc.option(passing, { freq: 2 }), { maxLength: 16 });
  const kills = fc.array(fc.record({ after: fc.nat(30), done: fc.boolean() }), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(events, failing, kills, async (owed, script, ends) => {
      const { chat, clock, journal, lives, owe, settled } = aTroubledWorld(script, ends);
      await clock.until(
        (async () => {
          for (const [index, { channel, pause, about }] of owed.entries()) {
            await clock.sleep(pause);
            owe(channel, { ...about, title: `Event ${index + 1}` });
          }
          await settled();
        })(),
      );
      const posts = journal.posts.all;
      assert.ok(posts.every(({ state }) => state === 'posted'));
      const nonces = chat.posted.map(({ nonce }) => nonce);
      assert.equal(new Set(nonces).size, nonces.length, 'nothing is posted twice');
      for (const { id, ref, plan, channel } of posts) {
        const shown = chat.posted[Number(ref?.id) - 1];
        assert.equal(shown?.channel, channel, `post ${id} is shown in its channel`);
        if (plan?.act === 'post' || plan?.act === 'reply') assert.equal(shown?.nonce, `bellhop-${id}`);
      }
      const carriers = new Set(posts.map(({ ref }) => ref?.id));
      assert.equal(chat.posted.length, carriers.size, 'every message shows an event');
      for (const channel of CHANNELS) {
        assertInOrder(posts.filter((post) => post.channel === channel));
        for (const life of lives) assertWithin(life.filter((call) => call.channel === channel));
      }
    }),
    { numRuns: runs(150) },
  );
});

/** The events of a subject have their messages in the order in which they came. */
function assertInOrder(posts: ReturnType<typeof createMemoryJournal>['posts']['all']): void {
  const subjects = Map.groupBy(posts, (post) => (post as { readonly about?: About }).about?.subject);
  for (const [subject, own] of subjects) {
    if (subject === undefined) continue;
    const places = own
      .filter(({ plan }) => plan?.act === 'post' || plan?.act === 'reply')
      .map(({ ref }) => Number(ref?.id));
    assert.deepEqual(
      places,
      places.toSorted((one, other) => one - other),
      subject,
    );
  }
}

function assertWithin(calls: readonly { readonly at: number }[]): void {
  for (const [first, { at: from }] of calls.entries())
    for (const [last, { at: to }] of calls.entries())
      if (last >= first)
        assert.ok(
          last - first + 1 <= BUDGET.burst + ((to - from) / 1000) * BUDGET.perSecond + 0.01,
          `${last - first + 1} calls in ${to - from} ms`,
        );
}

type Script = readonly ({ readonly fault: Error; readonly afterPosting?: boolean } | null)[];

/** Lanes that follow and gather, in front of a chat, with a journal that outlives them. */
function aTroubledWorld(script: Script, kills: readonly { readonly after: number; readonly done: boolean }[]) {
  const clock = createSimulatedClock();
  const chat = aChat({ budget: BUDGET, now: clock.elapsed });
  const journal = createMemoryJournal(clock.now);
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const [faultsLeft, killsLeft] = [[...script], [...kills]];
  const lives: { readonly channel: string; readonly at: number }[][] = [];
  let lanes = live();

  function live() {
    const kill = killsLeft.shift();
    const calls: { readonly channel: string; readonly at: number }[] = [];
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
    const { post, edit, find } = chat.platform;
    const platform = {
      ...chat.platform,
      post: mortal<Parameters<typeof post>, Awaited<ReturnType<typeof post>>>((channel, ...rest) => {
        calls.push({ channel, at: clock.elapsed() });
        const next = faultsLeft.shift();
        if (next) chat.fail(next.fault, next);
        return post(channel, ...rest);
      }),
      edit: mortal<Parameters<typeof edit>, Awaited<ReturnType<typeof edit>>>((ref, ...rest) => {
        calls.push({ channel: ref.channel, at: clock.elapsed() });
        const next = faultsLeft.shift();
        if (next) chat.failEdit(next.fault, next);
        return edit(ref, ...rest);
      }),
      find: mortal(find),
    };
    const { posts, subjects, handlings, rollUps } = journal;
    const parts = {
      platforms: new Map([['chat', platform]]),
      journal: {
        posts: {
          begin: mortal<Parameters<typeof posts.begin>, void>((...args) => posts.begin(...args)),
          settle: mortal<Parameters<typeof posts.settle>, void>((...args) => posts.settle(...args)),
          attempt: mortal<Parameters<typeof posts.attempt>, void>((...args) => posts.attempt(...args)),
          due: posts.due,
          owed: posts.owed,
        },
        subjects,
        handlings,
        rollUps,
        events: { list: async () => [] },
      },
      clock,
      log,
      counters: createCounters(),
    };
    const providerOf = () => undefined;
    const compose = async (about: About | undefined) =>
      toMessage({ title: { text: about?.title ?? '' }, severity: about?.severity ?? 'info' });
    const follower = createFollower({
      ...parts,
      routeOf: () => undefined,
      providerOf,
      compose: (owed) => compose(owed.about),
      pings: async () => false,
      muteOf: () => undefined,
      composeAgain: (_eventId, owed) => compose(owed.about),
    });
    const sources = createSources(rollUps, clock);
    const endpointOf = () => endpoint;
    const gatherer = createGatherer({
      pinged: async () => [],
      ...parts,
      follower,
      sources,
      endpointOf,
      providerOf,
      routeOf: () => undefined,
      onGrown: () => undefined,
    });
    const attempt = createPoster({
      ...parts,
      prepare: gatherer.prepare,
      onClosed: (_post, reason) => assert.fail(reason),
      onLeftOut: () => undefined,
    });
    return createLanes({ ...parts, attempt, rush: () => false, holds: gatherer.holds, onSettled: () => undefined });
  }

  return {
    clock,
    chat,
    journal,
    lives,
    owe(channel: string, about: { [Part in keyof About]?: About[Part] | undefined }) {
      const given = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined));
      lanes.add([journal.owe(channel, { endpointId: endpoint.id, about: given as unknown as About })]);
    },
    /** Resolves once nothing is owed, in whichever life. */
    async settled() {
      while (journal.posts.all.some(({ state }) => state === 'due')) await clock.sleep(1_000);
    },
  };
}
