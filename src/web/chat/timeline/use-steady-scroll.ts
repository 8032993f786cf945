import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Keeps what is read at its place while the list around it changes. Browsers do that by themselves for what changes its
 * height later, but not at the end of a list, some not at all, and Chromium twice for what comes above. Whoever rests at the newest
 * keeps that in sight instead; at the end of what is loaded, before the newest have come, nobody rests yet.
 */
export function useSteadyScroll(scroller: RefObject<HTMLElement | null>, revision: unknown, isResting: boolean): void {
  const drawn = useRef(revision);
  const rested = useRef(isResting);
  // While drawing, for afterwards the places of before are gone.
  const before = scroller.current && drawn.current !== revision ? findPlace(scroller.current) : undefined;
  const rests = isResting && rested.current;
  useLayoutEffect(() => {
    rested.current = isResting;
  }, [isResting]);
  useLayoutEffect(() => {
    drawn.current = revision;
    if (scroller.current && before) keep(scroller.current, before, rests);
  }, [revision]);
}

interface Place {
  /** From the end of the list. */
  readonly scrollTop: number;
  readonly element: Element;
  /** It is measured where it ends: its beginning loses the name once the message before it is there. */
  readonly bottom: number;
}

function keep(scroller: HTMLElement, { scrollTop, element, bottom }: Place, rests: boolean): void {
  if (rests) {
    if (scroller.scrollTop !== scrollTop) scroller.scrollTop = scrollTop;
    return;
  }
  const moved = element.isConnected ? bottomOf(element) - bottom : 0;
  if (moved !== 0) scroller.scrollTop += moved;
}

/** The first message in sight, and where it is. */
function findPlace(scroller: HTMLElement): Place | undefined {
  const { top } = scroller.getBoundingClientRect();
  for (const element of scroller.querySelectorAll('li.message')) {
    const bottom = bottomOf(element);
    if (bottom > top) return { scrollTop: scroller.scrollTop, element, bottom };
  }
  return undefined;
}

function bottomOf(element: Element): number {
  return element.getBoundingClientRect().bottom;
}
