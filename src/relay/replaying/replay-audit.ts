import type { Changes } from '../../core/command/changes.ts';
import type { Caller } from '../../core/command/permission.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Log } from '../../core/log.ts';
import { plural } from '../../core/text/line.ts';

export interface ReplayAuditParts {
  readonly journal: Pick<Journal, 'events'>;
  readonly changesOf: (caller: Caller) => Changes;
  readonly log: Log;
}

interface Counts {
  readonly endpointId: string;
  readonly total: number;
  posted: number;
}

const ENDS = { done: '', stopped: ', then was stopped', interrupted: ', then Bellhop stopped' } as const;

/** Writes a run of replays into the audit of each endpoint whose events it posts: that it began, and what came of it. */
export function createReplayAudit({ journal, changesOf, log }: ReplayAuditParts) {
  return {
    /** Throws where it cannot be written: then nothing may be replayed. */
    async begin(ids: readonly string[], caller: Caller) {
      const changes = changesOf(caller);
      const endpointOf = new Map((await journal.events.summaries(ids)).map((event) => [event.id, event.endpointId]));
      const counts = new Map<string, Counts>();
      for (const [endpointId, events] of Map.groupBy(endpointOf.values(), (each) => each))
        counts.set(endpointId, { endpointId, total: events.length, posted: 0 });
      const write = (endpointId: string, detail: string) =>
        changes.record({ action: 'replay', endpointId, detail }, async () => undefined);
      for (const { endpointId, total } of counts.values())
        await write(endpointId, `began to replay ${plural(total, 'event')}`);

      return {
        note(id: string, posted: boolean): void {
          const count = counts.get(endpointOf.get(id) ?? '');
          if (count && posted) count.posted++;
        },
        async end(state: keyof typeof ENDS): Promise<void> {
          for (const { endpointId, total, posted } of counts.values())
            await write(endpointId, `replayed ${posted} of ${plural(total, 'event')}${ENDS[state]}`).catch(
              (error: unknown) =>
                log.error({ err: error }, 'the end of a run of replays could not be written into the audit'),
            );
        },
      };
    },
  };
}
