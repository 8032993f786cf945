import cron from 'node-cron';
import type { Log } from '../core/log.ts';

/** Something that happens by the clock. `when` is a cron expression, with seconds first where it has six parts. */
export interface Chore {
  readonly name: string;
  readonly when: string;
  readonly run: () => Promise<void>;
}

export interface Schedule {
  start(): void;
  stop(): Promise<void>;
}

/** Runs chores by the clock. A chore that fails is logged and runs again at its next time; it never overlaps itself. */
export function createSchedule({ chores, log }: { readonly chores: readonly Chore[]; readonly log: Log }): Schedule {
  const tasks = chores.map(({ name, when, run }) =>
    cron.createTask(
      when,
      () => run().catch((error: unknown) => log.error({ err: error, chore: name }, 'a chore failed')),
      {
        name,
        noOverlap: true,
        // A machine that slept or was busy is no news: the chore runs at its next time.
        suppressMissedWarning: true,
      },
    ),
  );
  return {
    start: () => tasks.forEach((task) => void task.start()),
    stop: async () => {
      await Promise.all(tasks.map((task) => task.destroy()));
    },
  };
}
