import assert from 'node:assert/strict';
import { createCounters } from '../../../src/core/counters.ts';
import type { About } from '../../../src/core/event/about.ts';
import { toMessage } from '../../../src/core/message/message.ts';
import { createFollower } from '../../../src/relay/following/follower.ts';
import { createLanes } from '../../../src/relay/lanes.ts';
import { createPoster } from '../../../src/relay/post.ts';
import { createCalm } from '../../../src/relay/storms/calm.ts';
import { createGatherer } from '../../../src/relay/storms/gatherer.ts';
import { createSources } from '../../../src/relay/storms/sources.ts';
import { aChat, faults } from '../../doubles/chat.ts';
import { createSimulatedClock } from '../../doubles/clocks/simulated-clock.ts';
import { createMemoryJournal } from '../../doubles/memory-journal.ts';
import { endpoint } from '../../doubles/relay-parts.ts';

/** What Slack lets a channel have. */
const SLACK = { perSecond: 1, burst: 3 };

/** Lanes that gather, in front of a chat that keeps Slack's limits, in simulated time. */
export function aStormyWorld({ rollUps = true, stale }: { rollUps?: boolean; stale?: number } = {}) {
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
    owe(about: Partial<About> = {}, channel = 'ops', { later = false } = {}) {
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
      if (!later) lanes.add([post]);
      return post;
    },
    states: () => Map.groupBy(journal.posts.all, ({ state }) => state),
  };
}

/** A thousand alerts, every hundredth of them critical, in five seconds, or before the lanes start. */
export async function storm({ clock, owe }: ReturnType<typeof aStormyWorld>, { later = false } = {}): Promise<void> {
  for (let count = 1; count <= 1_000; count++) {
    const alert = {
      ...(count % 100 === 50 && {
        severity: 'critical' as const,
        title: `Critical ${count}`,
        url: `https://x.example/${count}`,
      }),
      labels: { alertname: ['DiskFull', 'HighLatency', 'HighLatency'][count % 3] ?? '', instance: `api-${count}` },
    };
    owe(alert, 'ops', { later });
    if (!later) await clock.sleep(5);
  }
}
