import type { Clock } from '../../core/clock.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Relay } from '../../core/event/relay.ts';
import type { Log } from '../../core/log.ts';
import type { Platform } from '../../core/platform/platform.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';

/** Everything a chore may use. */
export interface ChoreParts {
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly relay: Relay;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly clock: Clock;
  readonly log: Log;
  readonly retention: { readonly days: number; readonly maxBytes?: number };
  /** How many bytes of words of bodies are searched; 0 where they are not to be. */
  readonly bodySearch: { readonly maxBytes: number };
  readonly memory: { freeWhenCalm(): void };
  /** Takes up what was changed in the files of templates, and says which could not be used. */
  readonly followTemplates: () => Promise<void>;
  /** Tries whether the public address leads here, and posts when that changes. */
  readonly checkAddress: () => Promise<void>;
  /** Shows the page how the platforms are, if that changed. */
  readonly showPlatformStates: () => Promise<void>;
}

/** Something that happens by the clock. It never overlaps itself; one that fails is logged and runs again at its next time. */
export interface Chore {
  /**
   * Every so many milliseconds, whatever anybody sets the clock to; or a cron expression for the wall clock, with seconds
   * first where it has six parts. After a jump of the wall clock, what was missed runs once.
   */
  readonly when: { readonly every: number } | { readonly cron: string };
  /** Whether each of several nodes does it for itself; else the one that leads does it for all. */
  readonly everywhere?: true;
  run(parts: ChoreParts): Promise<void>;
}

/** Declares a chore. The file that calls this names it: `prune.ts` is `prune`. */
export function defineChore(chore: Chore): Chore {
  return Object.freeze(chore);
}
