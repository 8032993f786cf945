import type { Clock } from '../core/clock.ts';
import type { Relay } from '../core/event/relay.ts';
import type { Log } from '../core/log.ts';
import type { SettingsStore } from '../core/settings/settings.ts';

/** Ends every mute whose time has come. Run by the clock; a mute that cannot be ended is tried again at the next tick. */
export function createMuteEnder({
  settings,
  relay,
  clock,
  log,
}: {
  readonly settings: SettingsStore;
  readonly relay: Relay;
  readonly clock: Clock;
  readonly log: Log;
}): () => Promise<void> {
  let ending = false;
  return async () => {
    if (ending) return;
    ending = true;
    try {
      const now = clock.now().getTime();
      for (const { id, until } of settings.current.mutes)
        if (Date.parse(until) <= now)
          await relay
            .endMute(id)
            .catch((error: unknown) =>
              log.error({ err: error, muteId: id }, 'a mute could not be ended; trying again'),
            );
    } finally {
      ending = false;
    }
  };
}
