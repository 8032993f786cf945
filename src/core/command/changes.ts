import type { AuditEntry } from '../event/audit.ts';
import type { Settings } from '../settings/settings.ts';

/** What somebody does, as the audit keeps it: in the past tense, without secrets or tokens. */
export type Change = Pick<AuditEntry, 'action' | 'endpointId' | 'detail' | 'before' | 'after'>;

/** A change of the settings, worked out on the settings as they were found. */
export interface SettingsChange<Result> {
  readonly change: Change;
  readonly settings: Settings;
  readonly result: Result;
}

/**
 * How commands change things. The audit has it before it happens, so that nothing happens unrecorded; where it does not
 * happen after all, the audit says that too.
 */
export interface Changes {
  /** Does something that is recorded. Throws, and does nothing, when it cannot be recorded. */
  record<Result>(change: Change, work: () => Promise<Result>): Promise<Result>;
  /**
   * Changes the settings. `plan` is asked again when its turn comes, because the settings may have changed by then; it throws
   * where there is nothing left to change. What it gave back last is what happened.
   */
  settings<Result>(plan: (settings: Settings) => SettingsChange<Result>): Promise<Result>;
}
