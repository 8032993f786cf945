import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** How far below the screen something is made ready. */
const AHEAD = '800px';

/** Whether an element was ever near the screen. */
export function useSeen(element: RefObject<Element | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (seen || !element.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), {
      rootMargin: AHEAD,
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [seen]);
  return seen;
}
