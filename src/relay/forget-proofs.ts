import type { Journal } from '../core/event/journal.ts';
import type { Log } from '../core/log.ts';
import type { SettingsStore } from '../core/settings/settings.ts';

/** Removes the proofs of refused deliveries, and held ones, as soon as their endpoint is gone. Where that fails, they go when they are old. */
export function forgetProofs({
  settings,
  journal,
  log,
}: {
  readonly settings: SettingsStore;
  readonly journal: Pick<Journal, 'refusals' | 'held'>;
  readonly log: Log;
}): void {
  let known = idsOf(settings.current);
  settings.onChange((current) => {
    const now = idsOf(current);
    const gone = [...known].filter((id) => !now.has(id));
    known = now;
    if (gone.length)
      void Promise.all([journal.refusals.forget(gone), journal.held.forget(gone)]).catch((error: unknown) =>
        log.error({ err: error }, 'the proofs of a deleted endpoint could not be removed'),
      );
  });
}

function idsOf({ endpoints }: SettingsStore['current']): ReadonlySet<string> {
  return new Set(endpoints.map(({ id }) => id));
}
