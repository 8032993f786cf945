import { useCallback, useLayoutEffect, useState } from 'preact/hooks';
import { messageOf } from './failure.tsx';

export interface Resource<Content> {
  /** The last content that arrived; it stays while newer content is on its way. */
  readonly content: Content | undefined;
  readonly problem: string | undefined;
  readonly reload: () => void;
}

/** Loads something when the page shows it, and again whenever `key` changes. An answer that comes too late is dropped. */
export function useResource<Content>(key: string, load: (signal: AbortSignal) => Promise<Content>): Resource<Content> {
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ readonly key: string; readonly content?: Content; readonly problem?: string }>({
    key,
  });
  // Before the page is painted, which takes longer than many an answer.
  useLayoutEffect(() => {
    const stop = new AbortController();
    load(stop.signal).then(
      (content) => !stop.signal.aborted && setState({ key, content }),
      (error: unknown) =>
        !stop.signal.aborted && setState((now) => ({ ...(now.key === key && now), key, problem: messageOf(error) })),
    );
    return () => stop.abort();
  }, [key, turn]);
  const reload = useCallback(() => setTurn((now) => now + 1), []);
  const current = state.key === key ? state : { key };
  return { content: current.content, problem: current.problem, reload };
}
