import type { EventSummary } from '../core/event/event.ts';
import type { Journal } from '../core/event/journal.ts';

export interface EventFeed {
  /** Notes that an event is new or stands differently. */
  note(eventId: string): void;
  stop(): void;
}

export interface EventFeedParts {
  readonly journal: Journal;
  /** Whether anybody listens; without a listener nothing is read. */
  readonly listening: () => boolean;
  readonly send: (event: EventSummary) => void;
}

const EVERY = 150;
const AT_ONCE = 100;

/** Sends listeners the events that changed. Changes of the same event that follow closely become one. */
export function createEventFeed({ journal, listening, send }: EventFeedParts): EventFeed {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    const ids = [...changed].slice(-AT_ONCE);
    changed.clear();
    timer = undefined;
    // A listener that missed one sees it when it looks; a journal that cannot be read says so where it matters.
    for (const event of await journal.events.summaries(ids).catch(() => [])) send(event);
  }

  return {
    note(eventId) {
      if (!listening()) return;
      changed.add(eventId);
      timer ??= setTimeout(() => void flush(), EVERY);
    },
    stop: () => clearTimeout(timer),
  };
}
