import type { Clock } from '../../core/clock.ts';
import type { OwedChannel } from '../../core/event/post.ts';
import type { RollUpKey, RollUpStore } from '../../core/event/roll-up.ts';
import type { Log } from '../../core/log.ts';
import { MessageGone } from '../../core/platform/message-gone.ts';
import type { Platform } from '../../core/platform/platform.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { judgeFailure } from '../posting/judge-failure.ts';
import { toRollUpMessage } from './roll-up-message.ts';
import type { Source, Sources } from './sources.ts';

/** Ends roll-ups once nothing comes any more. */
export interface Calm {
  /** The channels with a roll-up in which nothing came for long enough. */
  due(): Promise<readonly OwedChannel[]>;
  /** Ends those of a channel. Nobody else may run its lane meanwhile. */
  settle(channel: OwedChannel): Promise<void>;
  /** Takes up those of an earlier run. */
  start(): Promise<void>;
  /** A roll-up was posted or has grown. */
  watch(source: Source): void;
  stop(): void;
}

export interface CalmParts {
  readonly sources: Sources;
  readonly journal: { readonly rollUps: RollUpStore };
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly endpointOf: (endpointId: string) => Endpoint | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** Milliseconds after which nothing more is expected. */
const CALM_AFTER = 60_000;
const TRIES = 5;
const TRY_AGAIN = 2_000;

export function createCalm({ sources, journal, platforms, endpointOf, clock, log }: CalmParts): Calm {
  const watched = new Set<Source>();
  const stopping = new AbortController();

  async function settleDown(source: Source): Promise<void> {
    for (let seen: string | undefined; source.rollUp?.changedAt !== seen; ) {
      seen = source.rollUp?.changedAt;
      await clock.sleep(CALM_AFTER, stopping.signal);
      if (stopping.signal.aborted) return;
    }
    watched.delete(source);
    await endRollUp(source);
  }

  async function endRollUp(source: Source): Promise<void> {
    const { rollUp, key } = source;
    if (!rollUp || rollUp.calm) return;
    // Whatever comes from now on is no longer gathered, so nothing else edits this message meanwhile.
    source.rollUp = { ...rollUp, calm: true };
    const message = toRollUpMessage(rollUp, { source: key.source, endpoint: endpointOf(key.endpointId), calm: true });
    await conclude(() => platforms.get(key.platform)?.edit(rollUp.message.ref, message));
    await journal.rollUps.set({ key, rollUp: source.rollUp });
  }

  /** The keys of roll-ups in which nothing came for long enough. */
  async function quiet(): Promise<readonly RollUpKey[]> {
    const before = clock.now().getTime() - CALM_AFTER;
    const active = await journal.rollUps.active();
    return active.filter(({ rollUp }) => Date.parse(rollUp.changedAt) <= before).map(({ key }) => key);
  }

  async function conclude(edit: () => Promise<unknown> | undefined): Promise<void> {
    for (let tries = 0; tries < TRIES && !stopping.signal.aborted; tries++) {
      try {
        await edit();
        return;
      } catch (error) {
        const { retryAfter } = judgeFailure(error);
        if (error instanceof MessageGone || retryAfter === undefined) return;
        await clock.sleep(Math.max(TRY_AGAIN, retryAfter), stopping.signal);
      }
    }
  }

  function watch(source: Source): void {
    if (watched.has(source) || stopping.signal.aborted) return;
    watched.add(source);
    settleDown(source).catch((error: unknown) => log.error({ err: error }, 'a roll-up could not be ended'));
  }

  return {
    due: quiet,
    async settle({ platform, channel }) {
      for (const key of await quiet())
        if (key.platform === platform && key.channel === channel) await endRollUp(await sources.get(key));
    },
    async start() {
      for (const { key } of await journal.rollUps.active()) watch(await sources.get(key));
    },
    watch,
    stop: () => stopping.abort(),
  };
}
