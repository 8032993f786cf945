import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Keeps what is read at its place while the list around it changes. Browsers do that by themselves for what changes its
 * height later, but not at the end of a list, and some not at all. `isResting` leaves it: the newest stays in sight then.
 */
export function useSteadyScroll(scroller: RefObject<HTMLElement | null>, revision: unknown, isResting: boolean): void {
  const drawn = useRef(revision);
  // While drawing, for afterwards the places of before are gone.
  const place = scroller.current && drawn.current !== revision && !isResting ? findPlace(scroller.current) : undefined;
  useLayoutEffect(() => {
    drawn.current = revision;
    if (!scroller.current || !place?.element.isConnected) return;
    const moved = bottomOf(place.element) - place.bottom;
    if (moved !== 0) scroller.current.scrollTop += moved;
  }, [revision]);
}

/** The first message in sight, and where it ends: its beginning loses the name once the message before it is there. */
function findPlace(scroller: HTMLElement): { readonly element: Element; readonly bottom: number } | undefined {
  const { top } = scroller.getBoundingClientRect();
  for (const element of scroller.querySelectorAll('li.message')) {
    const bottom = bottomOf(element);
    if (bottom > top) return { element, bottom };
  }
  return undefined;
}

function bottomOf(element: Element): number {
  return element.getBoundingClientRect().bottom;
}
