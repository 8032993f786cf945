import { useEffect, useState } from 'preact/hooks';
import type { ReplayRun } from '../../../core/command/desks/replay-desk.ts';
import type { Live } from '../../api/live.ts';
import { request } from '../../api/request.ts';

interface Answer {
  readonly replay: ReplayRun | null;
}

/** The run of replays that goes on, whoever began it, or one that this page has seen end. */
export function useReplayRun(live: Live) {
  const [run, setRun] = useState<ReplayRun>();
  useEffect(() => {
    const stop = new AbortController();
    const load = () =>
      request<Answer>('/replays', { signal: stop.signal }).then(
        ({ replay }) =>
          setRun((now) => (replay?.state === 'running' || replay?.id === now?.id ? (replay ?? now) : now)),
        // Without it everything else on the page works; the next connection asks again.
        () => undefined,
      );
    void load();
    const leave = live.listen({ replay: ({ replay }) => setRun(replay), opened: load });
    return () => {
      stop.abort();
      leave();
    };
  }, [live]);
  return {
    run,
    begun: ({ replay }: { readonly replay: ReplayRun }) => setRun((now) => (now?.id === replay.id ? now : replay)),
  };
}
