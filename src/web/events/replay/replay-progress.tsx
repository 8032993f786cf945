import type { ReplayRun } from '../../../core/command/desks/replay-desk.ts';
import { request } from '../../api/request.ts';
import { messageOf } from '../../kit/failure.tsx';

export interface ReplayProgressProps {
  readonly run: ReplayRun;
  readonly onProblem: (problem: string) => void;
}

/** How far a run of replays is, what failed of it, and a way to stop it. */
export function ReplayProgress({ run, onProblem }: ReplayProgressProps) {
  const { id, state, total, done, failed, failures, by } = run;
  const [first] = failures;
  const stop = () =>
    request(`/replays/${encodeURIComponent(id)}`, { method: 'DELETE' }).catch((error: unknown) =>
      onProblem(messageOf(error)),
    );
  return (
    <>
      <span role="status">
        {said(run)}
        {failed > 0 && first && `, ${failed} failed (event ${first.event}: ${first.reason})`}
      </span>
      {state === 'running' && (
        <>
          <progress max={total} value={done} aria-label="Replayed" />
          <button type="button" onClick={stop}>
            Stop
          </button>
          <span class="hint">Begun by {by}. It goes on when this page is closed.</span>
        </>
      )}
    </>
  );
}

function said({ state, done, failed, total }: ReplayRun): string {
  if (state === 'running') return `Replaying: ${done} of ${total}`;
  if (state === 'stopped') return `Stopped: replayed ${done - failed} of ${total}`;
  if (state === 'interrupted') return `Interrupted, for Bellhop was stopped: replayed ${done - failed} of ${total}`;
  return `Replayed ${done - failed}`;
}
