import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useStable } from '../../kit/hooks/use-stable.ts';

export interface MoreButtonProps {
  readonly label: string;
  readonly loading: boolean;
  /** Whether it waits for somebody to press it, because the last time failed. */
  readonly isPaused: boolean;
  readonly scroller: RefObject<HTMLElement | null>;
  /** What is shown so far: the button may still be near after it has changed. */
  readonly revision: unknown;
  readonly onLoad: () => void;
}

/** How near it must come to the part that is in sight to be pressed by itself. */
const NEAR = '600px 0px';

/** Loads more when it is pressed, or when its reader comes near. */
export function MoreButton({ label, loading, isPaused, scroller, revision, onLoad }: MoreButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const load = useStable(onLoad);
  useEffect(() => {
    if (!button.current || loading || isPaused) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) load();
      },
      { root: scroller.current, rootMargin: NEAR },
    );
    observer.observe(button.current);
    return () => observer.disconnect();
  }, [revision, loading, isPaused]);

  return (
    <button type="button" class="older" ref={button} aria-disabled={loading} onClick={load}>
      {loading ? 'Loading…' : label}
    </button>
  );
}
