import { useEffect } from 'preact/hooks';
import type { Live, LiveListener } from './live.ts';

/** Milliseconds in which news are gathered: a flood of them must not be a flood of requests. */
const REST = 1_000;

/** Runs something soon after there is news of some kind, or the connection was opened again; once for all that comes together. */
export function useNews(live: Live, kinds: readonly ('event' | 'refusal' | 'pending')[], run: () => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        run();
      }, REST);
    };
    const listener: LiveListener = Object.fromEntries([...kinds, 'opened'].map((kind) => [kind, soon]));
    const stop = live.listen(listener);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [live, kinds.join(), run]);
}
