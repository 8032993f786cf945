import { useState } from 'preact/hooks';
import type { Live } from '../../api/live.ts';
import { request } from '../../api/request.ts';
import { asker } from '../../api/run-command.ts';
import { messageOf } from '../../kit/failure.tsx';
import type { EventFilter } from '../../route.ts';
import { toQuery } from '../fetch-events.ts';
import { ReplayProgress } from './replay-progress.tsx';
import { useReplayRun } from './use-replay-run.ts';

export interface ReplayManyProps {
  readonly filter: EventFilter;
  /** The events that are marked; nothing while none can be. */
  readonly marked: ReadonlySet<string> | undefined;
  readonly onMark: (marked: ReadonlySet<string> | undefined) => void;
  readonly live: Live;
}

/** Which events are to be replayed, as the API takes it, and how many they are. */
interface Asked {
  readonly which: { readonly events: readonly string[] } | { readonly filter: object };
  readonly total: number;
  /** Whether there may be more than are replayed at once. */
  readonly capped: boolean;
}

/** Has Bellhop post several events again, oldest first and one after another: those that are marked, or all that the filter finds. */
export function ReplayMany({ filter, marked, onMark, live }: ReplayManyProps) {
  const { run, begun } = useReplayRun(live);
  const [asked, setAsked] = useState<Asked>();
  const [problem, setProblem] = useState<string>();
  const running = run?.state === 'running';

  async function trying(work: () => Promise<void>): Promise<void> {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(messageOf(error));
    }
  }

  const askForAll = () =>
    trying(async () => {
      const which = { filter: toQuery(filter) };
      const { total, most } = await request<{ total: number; most: number }>('/replays', {
        body: { ...which, try: true },
      });
      setAsked({ which, total, capped: total === most });
    });

  const begin = ({ which }: Asked) =>
    trying(async () => {
      setAsked(undefined);
      begun(await request('/replays', { body: { ...which, ...asker() } }));
      onMark(undefined);
    });

  return (
    <div class="tools replay-many">
      {!running && !asked && (
        <button
          type="button"
          aria-pressed={marked !== undefined}
          onClick={() => onMark(marked ? undefined : new Set())}
        >
          Mark events
        </button>
      )}
      {!running && marked !== undefined && !asked && (
        <>
          <button
            type="button"
            disabled={marked.size === 0}
            onClick={() => setAsked({ which: { events: [...marked] }, total: marked.size, capped: false })}
          >
            Replay {marked.size} marked
          </button>
          <button type="button" onClick={askForAll}>
            Replay all that are listed
          </button>
        </>
      )}
      {!running && asked && (
        <>
          <span>
            Post {asked.total === 1 ? '1 event' : `${asked.total} events`} again, oldest first
            {asked.capped && `; no more than ${asked.total} at once`}?
          </span>
          <button type="button" class="primary" disabled={asked.total === 0} onClick={() => begin(asked)}>
            Replay {asked.total}
          </button>
          <button type="button" onClick={() => setAsked(undefined)}>
            Cancel
          </button>
        </>
      )}
      {run && <ReplayProgress run={run} onProblem={setProblem} />}
      {problem && <span role="alert">{problem}</span>}
    </div>
  );
}
