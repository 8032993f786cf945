import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { Platform } from '../../core/platform/platform.ts';
import type { RelayDuties } from '../../relay/create-relay.ts';
import type { Schedule } from '../../schedule/shared/create-schedule.ts';

export interface LeadParts {
  readonly duties: Pick<RelayDuties, 'lead' | 'resign'>;
  readonly platforms: ReadonlyMap<string, Platform>;
  /** Makes the clock that the leading node keeps for all. */
  readonly schedule: () => Schedule;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly log: Log;
}

const AGAIN_AFTER = 1_000;

/** What the node that leads does for all of them: it decides, keeps the clock, and holds the connections to chats. */
export function createLead({ duties, platforms, schedule, clock, log }: LeadParts) {
  let turn: Promise<unknown> = Promise.resolve();
  let lead = new AbortController();
  let chores: Schedule | undefined;

  function inTurn(work: () => Promise<void>): Promise<void> {
    const mine = turn.then(work);
    turn = mine.catch((error: unknown) => log.error({ err: error }, 'the lead could not be changed'));
    return mine;
  }

  async function listen(on: boolean): Promise<void> {
    for (const platform of platforms.values())
      await platform
        .listen?.(on)
        .catch((error: unknown) => log.error({ err: error, platform: platform.name }, 'a connection to a chat failed'));
  }

  /** Decides for all, as soon as the journal can be read. */
  async function decide(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        return await duties.lead();
      } catch (error) {
        log.warn({ err: error }, 'this node leads, but cannot decide yet; trying again');
        await clock.sleep(AGAIN_AFTER, signal);
      }
    }
  }

  return {
    lead(): void {
      lead = new AbortController();
      const { signal } = lead;
      void inTurn(async () => {
        await decide(signal);
        if (signal.aborted) return;
        chores = schedule();
        chores.start();
        await listen(true);
      }).catch(() => undefined);
    },
    async resign(): Promise<void> {
      lead.abort();
      await inTurn(async () => {
        await chores?.stop();
        chores = undefined;
        await listen(false);
        await duties.resign();
      });
    },
  };
}
