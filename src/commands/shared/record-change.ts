import type { Clock } from '../../core/clock.ts';
import { type Caller, personOf } from '../../core/command/permission.ts';
import type { Journal } from '../../core/event/journal.ts';

export interface Change {
  /** The command, such as `mute`. */
  readonly action: string;
  readonly endpointId?: string;
  /** One sentence fragment, without secrets or tokens. */
  readonly detail: string;
}

/** Writes who changed what to the audit. */
export function recordChange(
  { journal, clock }: { readonly journal: Journal; readonly clock: Clock },
  caller: Caller,
  change: Change,
): Promise<void> {
  return journal.audit.add({ at: clock.now(), by: personOf(caller), byName: caller.userName, ...change });
}
