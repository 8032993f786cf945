import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { Chore, ChoreParts } from './chore.ts';
import { createCronWatch } from './cron-watch.ts';

export interface Schedule {
  start(): void;
  /** Resolves once no chore runs any more. */
  stop(): Promise<void>;
}

export interface ScheduleParts {
  /** By name. */
  readonly chores: ReadonlyMap<string, Chore>;
  readonly parts: ChoreParts;
  readonly clock: Clock;
  readonly log: Log;
}

/** How often the wall clock is looked at, in milliseconds. */
const LOOK_EVERY = 1_000;

/** Runs chores by the clock. */
export function createSchedule({ chores, parts, clock, log }: ScheduleParts): Schedule {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: readonly Promise<void>[] = [];

  async function repeat(name: string, { when, run }: Chore): Promise<void> {
    const [pause, isDue] =
      'every' in when ? [when.every, () => true] : [LOOK_EVERY, createCronWatch(when.cron, () => clock.now())];
    for (;;) {
      await clock.sleep(pause, signal);
      if (signal.aborted) return;
      if (isDue()) await attempt(name, run);
    }
  }

  async function attempt(name: string, run: Chore['run']): Promise<void> {
    try {
      await run(parts);
    } catch (error) {
      log.error({ err: error, chore: name }, 'a chore failed');
    }
  }

  return {
    start() {
      running = [...chores].map(([name, chore]) => repeat(name, chore));
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
