import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../core/clock.ts';
import type { Change, Changes } from '../../core/command/changes.ts';
import { type Caller, personOf } from '../../core/command/permission.ts';
import { AppError } from '../../core/errors.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Log } from '../../core/log.ts';
import { placeLabel } from '../../core/settings/channel.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';

export interface ChangesParts {
  readonly settings: SettingsStore;
  readonly journal: Pick<Journal, 'audit'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Changes of two stores: the audit first. A failure between the two leaves a line that a second one takes back, and never
 * a change that nobody knows of. The changes of the settings happen one after another, so that what was written down is
 * what comes of them.
 */
export function createChanges({ settings, journal, clock, log }: ChangesParts): (caller: Caller) => Changes {
  let turn: Promise<unknown> = Promise.resolve();

  return (caller) => {
    const add = (change: Change) =>
      journal.audit.add({
        at: clock.now(),
        by: personOf(caller),
        byName: caller.userName,
        from: placeLabel(caller),
        ...change,
      });

    /** Corrects the audit. The change itself is settled by then, so a failure here is only logged. */
    const correct = (change: Change) =>
      add(change).catch((error: unknown) =>
        log.error({ err: error, action: change.action }, 'the audit could not be corrected'),
      );

    const changes: Changes = {
      async record(change, work) {
        await add(change).catch((error: unknown) => Promise.reject(unchanged(error)));
        try {
          return await work();
        } catch (error) {
          await correct({ ...change, detail: `did not happen: ${change.detail}` });
          throw error;
        }
      },
      settings(plan) {
        const mine = turn.then(async () => {
          const planned = plan(settings.current);
          let done = planned;
          await changes.record(planned.change, () =>
            settings.update((current) => {
              done = plan(current);
              return done.settings;
            }),
          );
          if (!isDeepStrictEqual(done.change, planned.change)) await correct(done.change);
          return done.result;
        });
        turn = mine.catch(() => undefined);
        return mine;
      },
    };
    return changes;
  };
}

function unchanged(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const { status, code, message, cause, retryAfter } = error;
  return new AppError(status, code, `Nothing was changed, because it could not be recorded. ${message}`, {
    ...(cause !== undefined && { cause }),
    ...(retryAfter !== undefined && { retryAfter }),
  });
}
