import type { Journal } from '../core/event/journal.ts';
import type { Log } from '../core/log.ts';
import type { SettingsStore } from '../core/settings/settings.ts';

/** Removes the proofs of refused deliveries as soon as their endpoint is gone. Where that fails, they are gone within a day. */
export function forgetProofs({
  settings,
  journal,
  log,
}: {
  readonly settings: SettingsStore;
  readonly journal: Pick<Journal, 'refusals'>;
  readonly log: Log;
}): void {
  let known = idsOf(settings.current);
  settings.onChange((current) => {
    const now = idsOf(current);
    const gone = [...known].filter((id) => !now.has(id));
    known = now;
    if (gone.length)
      void journal.refusals
        .forget(gone)
        .catch((error: unknown) => log.error({ err: error }, 'the proofs of a deleted endpoint could not be removed'));
  });
}

function idsOf({ endpoints }: SettingsStore['current']): ReadonlySet<string> {
  return new Set(endpoints.map(({ id }) => id));
}
