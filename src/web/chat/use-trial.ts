import { useEffect, useState } from 'preact/hooks';
import type { Live } from '../api/live.ts';

/** Milliseconds without news after which a trial is taken to be over. */
const QUIET = 2_000;

/** How many stored events the change that is tried now has been tried on; nothing while none is. */
export function useTrial(live: Live): number | undefined {
  const [events, setEvents] = useState<number>();
  useEffect(() => live.listen({ trial: (news) => setEvents(news.events) }), [live]);
  useEffect(() => {
    if (events === undefined) return undefined;
    const over = setTimeout(() => setEvents(undefined), QUIET);
    return () => clearTimeout(over);
  }, [events]);
  return events;
}
