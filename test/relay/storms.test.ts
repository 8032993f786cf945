import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCounters } from '../../src/core/counters.ts';
import type { About } from '../../src/core/event/about.ts';
import { toMessage } from '../../src/core/message/message.ts';
import { createFollower } from '../../src/relay/following/follower.ts';
import { createLanes } from '../../src/relay/lanes.ts';
import { createPoster } from '../../src/relay/post.ts';
import { createCalm } from '../../src/relay/storms/calm.ts';
import { createGatherer } from '../../src/relay/storms/gatherer.ts';
import { createSources } from '../../src/relay/storms/sources.ts';
import { aChat, faults } from '../doubles/chat.ts';
import { createMemoryJournal } from '../doubles/memory-journal.ts';
import { endpoint } from '../doubles/relay-parts.ts';
import { createSimulatedClock } from '../doubles/simulated-clock.ts';

/** What Slack lets a channel have. */
const SLACK = { perSecond: 1, burst: 3 };

function aStormyWorld({ rollUps = true, stale }: { rollUps?: boolean; stale?: number } = {}) {
  const [first] = endpoint.routes;
  const route = first && stale !== undefined ? { ...first, stale } : first;
  const simulated = createSimulatedClock();
  let looks = 0;
  // As in truth, a little time passes between any two looks at the clock.
  const elapsed = () => simulated.elapsed() + ++looks / 100_000;
  const clock = { ...simulated, elapsed };
  const chat = aChat({ budget: SLACK, now: simulated.elapsed });
  const journal = createMemoryJournal(clock.now);
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const platforms = new Map([['chat', chat.platform]]);
  const parts = { platforms, journal, clock, log, counters: createCounters() };
  const follower = createFollower({
    ...parts,
    routeOf: () => route,
    providerOf: () => undefined,
    async compose({ about }) {
      if (about?.title === 'Broken') throw faults.refused();
      return toMessage({ title: { text: about?.title ?? '' }, severity: about?.severity ?? 'info' });
    },
    pings: async () => false,
    muteOf: () => undefined,
    composeAgain: async () => undefined,
  });
  const sources = createSources(journal.rollUps, clock);
  const calm = createCalm({ ...parts, sources, endpointOf: () => endpoint });
  const gatherer = createGatherer({
    pinged: async () => [],
    ...parts,
    follower,
    sources,
    endpointOf: () => endpoint,
    providerOf: () => undefined,
    routeOf: () => route,
    onGrown: calm.watch,
  });
  const attempt = createPoster({
    ...parts,
    prepare: rollUps ? gatherer.prepare : follower.prepare,
    onClosed: (_post, reason) => assert.fail(reason),
    onLeftOut: () => undefined,
  });
  const lanes = createLanes({
    ...parts,
    attempt,
    rush: () => false,
    ...(rollUps && { holds: gatherer.holds }),
    onSettled: () => undefined,
  });
  let alerts = 0;
  return {
    clock,
    chat,
    journal,
    lanes,
    owe(about: Partial<About> = {}, channel = 'ops') {
      const subject = `alert:${++alerts}`;
      const post = journal.owe(channel, {
        endpointId: endpoint.id,
        about: {
          title: `Alert ${alerts}`,
          source: 'checkout',
          subject,
          severity: 'warning',
          state: 'firing',
          ...about,
        },
      });
      lanes.add([post]);
      return post;
    },
    states: () => Map.groupBy(journal.posts.all, ({ state }) => state),
  };
}

/** A thousand alerts in five seconds, every hundredth of them critical. */
async function storm({ clock, owe }: ReturnType<typeof aStormyWorld>): Promise<void> {
  for (let count = 1; count <= 1_000; count++) {
    owe({
      ...(count % 100 === 50 && {
        severity: 'critical',
        title: `Critical ${count}`,
        url: `https://x.example/${count}`,
      }),
      labels: { alertname: ['DiskFull', 'HighLatency', 'HighLatency'][count % 3] ?? '', instance: `api-${count}` },
    });
    await clock.sleep(5);
  }
}

describe('a thousand alerts in five seconds', () => {
  it('are a few messages, of which one says what happened and names the critical ones', async () => {
    const world = aStormyWorld();
    const { clock, chat, lanes } = world;
    await clock.until(
      (async () => {
        await storm(world);
        world.owe({ source: 'elsewhere', severity: 'info' }, 'dev');
        await lanes.idle();
      })(),
    );
    const messages = chat.standing('ops');
    assert.ok(messages.length <= 5, `${messages.length} messages`);
    assert.ok((chat.times('ops')[0] ?? 0) < 2_000);
    assert.ok(clock.elapsed() < 15_000, `settled after ${clock.elapsed()} ms`);
    assert.equal(world.states().get('posted')?.length, 1_001);
    const rollUp = messages.find(({ says }) => / events from checkout in /.test(says));
    assert.match(rollUp?.says ?? '', /^99\d events from checkout in 5 seconds$/);
    assert.ok((rollUp?.edits ?? 0) <= 8, `${rollUp?.edits} edits`);
    assert.match(rollUp?.message.body ?? '', /By alertname: HighLatency \*\*6\d\d\*\* · DiskFull \*\*3\d\d\*\*/);
    const said = messages.map(({ says, message }) => says + message.body).join('\n');
    for (let count = 50; count <= 1_000; count += 100) assert.match(said, new RegExp(`Critical ${count}\\b`));
    assert.deepEqual(
      rollUp?.message.actions.map(({ label }) => label),
      ['Show all', 'Mute 1 h'],
    );
  });

  it('would be a thousand messages without it, for a quarter of an hour', async () => {
    const world = aStormyWorld({ rollUps: false });
    await world.clock.until(
      (async () => {
        await storm(world);
        await world.lanes.idle();
      })(),
    );
    assert.equal(world.chat.standing('ops').length, 1_000);
    assert.ok(world.clock.elapsed() > 900_000);
  });

  it('delay neither another channel nor another source', async () => {
    const world = aStormyWorld();
    const { clock, chat } = world;
    await clock.until(
      (async () => {
        const begun = storm(world);
        await clock.sleep(2_000);
        world.owe({ title: 'Elsewhere' }, 'dev');
        world.owe({ title: 'Of another', source: 'billing' });
        await begun;
        await world.lanes.idle();
      })(),
    );
    assert.ok((chat.times('dev')[0] ?? 0) < 2_100);
    const other = chat.posted.find(({ message }) => message.title?.text === 'Of another');
    assert.ok((other?.at ?? Infinity) < 8_000, `posted at ${other?.at}`);
  });

  it('end with a summary, and what ends later is counted in it', async () => {
    const world = aStormyWorld();
    const { clock, chat, journal, lanes } = world;
    await clock.until(
      (async () => {
        await storm(world);
        await lanes.idle();
        await clock.sleep(120_000);
        world.owe({ subject: 'alert:900', state: 'resolved', severity: 'good', title: 'Alert 900 is over' });
        await lanes.idle();
      })(),
    );
    assert.ok(chat.standing('ops').length <= 5);
    const rollUp = chat.standing('ops').find(({ says }) => / events from checkout in /.test(says));
    assert.match(rollUp?.says ?? '', /, calm now$/);
    assert.match(rollUp?.message.body ?? '', /\*\*1\*\* over/);
    assert.deepEqual(journal.posts.all.at(-1)?.plan?.act, 'rollUp');
  });

  it('are followed one by one again once it is calm', async () => {
    const world = aStormyWorld();
    const { clock, chat, lanes } = world;
    await clock.until(
      (async () => {
        await storm(world);
        await lanes.idle();
        await clock.sleep(120_000);
        world.owe({ title: 'The next day' });
        await lanes.idle();
      })(),
    );
    assert.equal(chat.standing('ops').at(-1)?.says, 'The next day');
  });
});

describe('what could not be posted in time', () => {
  const HOUR = 3_600_000;
  const away = async ({ chat, clock, lanes }: ReturnType<typeof aStormyWorld>, owe: () => void) => {
    chat.fail(faults.limited(2 * HOUR));
    await clock.until(
      (async () => {
        owe();
        await lanes.idle();
      })(),
    );
  };

  it('says when it happened and when it was posted', async () => {
    const world = aStormyWorld();
    await away(world, () => void world.owe({ title: 'The disk is full' }));
    const [message] = world.chat.standing('ops');
    assert.match(message?.message.body ?? '', /^happened .*, posted /);
  });

  it('is only summarised where its route wants that', async () => {
    const world = aStormyWorld({ stale: HOUR });
    await away(world, () => {
      for (let count = 0; count < 5; count++) world.owe();
    });
    assert.deepEqual(
      world.chat.standing('ops').map(({ says }) => says),
      ['5 events from checkout in 1 second'],
    );
    assert.match(world.chat.standing('ops')[0]?.message.body ?? '', /Too old to be posted one by one/);
  });
});

it('an event whose message cannot be made fails alone, though an edit would have shown it with others', async () => {
  const { clock, chat, journal, lanes, owe } = aStormyWorld();
  const subject = 'alert:flaky';
  await clock.until(
    (async () => {
      for (const title of ['One', 'Two', 'Three']) owe({ title });
      await lanes.idle();
      for (const title of ['Begun', 'Broken', 'Going on']) owe({ subject, title });
      await lanes.idle();
      owe({ subject, title: 'Broken' });
      await lanes.idle();
    })(),
  );
  assert.deepEqual(
    journal.posts.all.slice(3).map(({ state }) => state),
    ['posted', 'posted', 'posted', 'failed'],
  );
  assert.equal(chat.standing('ops').at(-1)?.says, 'Going on');
});
