import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Cluster } from '../../../src/core/cluster.ts';
import type { OwedChannel } from '../../../src/core/event/post.ts';
import { createSharedLanes } from '../../../src/relay/nodes/shared-lanes.ts';
import { createSimulatedClock } from '../../doubles/clocks/simulated-clock.ts';
import { createMemoryPosts } from '../../doubles/memory-posts.ts';
import { silentLog } from '../../silent-log.ts';

const OPS = { platform: 'chat', channel: 'ops' };

it('a lane that another node owes something to while its job still ends is asked for once more', async () => {
  const { clock, added, hear, run } = aNode();
  await clock.until(run(OPS));
  hear('owed', { channels: [OPS], asked: false });
  await clock.until(clock.sleep(1_000));
  assert.deepEqual(added, [OPS]);
});

it('a lane is not asked for by a node on which it has not run lately', async () => {
  const { clock, added, hear, run } = aNode();
  await clock.until(run(OPS));
  await clock.until(clock.sleep(1_000));
  hear('owed', { channels: [OPS, { platform: 'chat', channel: 'dev' }], asked: false });
  await clock.until(clock.sleep(1_000));
  assert.deepEqual(added, []);
});

/** The lanes of one node, and what the others say. */
function aNode() {
  const clock = createSimulatedClock();
  const added: OwedChannel[] = [];
  const listeners = new Map<string, (word: unknown) => void>();
  let run: (channel: OwedChannel) => Promise<void> = async () => undefined;
  const cluster: Pick<Cluster, 'bus' | 'lanes' | 'jobs'> = {
    bus: { send: () => undefined, on: (topic, hear) => void listeners.set(topic, hear) },
    lanes: {
      take: async () => 0,
      giveBack: async () => undefined,
      closing: async () => undefined,
      close: async () => undefined,
      open: async () => undefined,
    },
    jobs: {
      add: async (channels) => void added.push(...channels),
      onLane(work) {
        run = work;
      },
    },
  };
  createSharedLanes({
    cluster,
    platforms: new Map(),
    journal: { posts: createMemoryPosts(clock.now) },
    clock,
    log: silentLog,
    attempt: async () => assert.fail('nothing is owed'),
    rush: () => false,
    onSettled: () => undefined,
    onTaken: () => undefined,
    onEmpty: async () => undefined,
  });
  return {
    clock,
    added,
    hear: (topic: string, word: unknown) => listeners.get(topic)?.(word),
    run: (channel: OwedChannel) => run(channel),
  };
}
