import type { Clock } from '../../core/clock.ts';
import type { Cluster } from '../../core/cluster.ts';
import type { Log } from '../../core/log.ts';
import type { ChannelBudget, Platform } from '../../core/platform/platform.ts';
import { type Bucket, createBucket, createSharedBucket } from './bucket.ts';
import { createGate, type Gate, type GateNews } from './gate.ts';

/** What all channels of a platform share. */
export interface Share {
  readonly gate: Gate;
  readonly total: Bucket | undefined;
  readonly edits: Bucket | undefined;
}

export interface SharesParts {
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly clock: Clock;
  readonly log: Log;
  /** Called once when a platform fails in all its channels, by what people call it. */
  readonly onPaused?: ((title: string, reason: string) => void) | undefined;
  /** The other nodes, with which budgets and breakers are shared. */
  readonly cluster?: Pick<Cluster, 'bus' | 'lanes'> | undefined;
}

/** What the channels of each platform share, and a bucket for each channel. */
export interface Shares {
  of(platform: string): Share;
  bucket(platform: string, channel: string): Bucket;
}

const GATE = 'gate';
const CAREFUL: ChannelBudget = { perSecond: 1, burst: 1 };

interface GateWord {
  readonly platform: string;
  readonly news: GateNews;
}

export function createShares({ platforms, clock, log, onPaused = () => undefined, cluster }: SharesParts): Shares {
  const shares = new Map([...platforms].map(([name, platform]) => [name, toShare(name, platform)]));
  const nowhere = toShare('', {});

  cluster?.bus.on(GATE, (word) => {
    const { platform, news } = word as GateWord;
    shares.get(platform)?.gate.heard(news);
  });

  function toBucket(name: string, budget: ChannelBudget): Bucket {
    return cluster ? createSharedBucket(budget, { name, states: cluster.lanes, clock }) : createBucket(budget, clock);
  }

  function toShare(name: string, { title = '', totalBudget, editBudget }: Partial<Platform>): Share {
    const gate = createGate({
      clock,
      onClosed(reason) {
        log.warn({ platform: title, reason }, 'a platform fails in all its channels, which wait until it works again');
        onPaused(title, reason);
      },
      onOpen: () => log.info({ platform: title }, 'a platform works again'),
      tell: (news) => cluster?.bus.send(GATE, { platform: name, news } satisfies GateWord),
    });
    return {
      gate,
      total: totalBudget && toBucket(`all of ${name}`, totalBudget),
      edits: editBudget && toBucket(`edits of ${name}`, editBudget),
    };
  }

  return {
    of: (platform) => shares.get(platform) ?? nowhere,
    bucket: (platform, channel) => toBucket(`${platform}:${channel}`, platforms.get(platform)?.budget ?? CAREFUL),
  };
}
