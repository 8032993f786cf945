import type { EventSummary } from '../../core/event/event.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { SpanLine } from '../../core/message/terminal-lines.ts';
import { toReportLine } from '../../core/platform/report-line.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';

export interface ReportParts {
  readonly journal: Journal;
  readonly settings: SettingsStore;
  readonly show: (line: SpanLine) => void;
  readonly onError: (error: unknown) => void;
}

const POSTS_READ = 20;
/** How many events are remembered, so that one that stands as it did is not reported twice. */
const REMEMBERED = 1_000;

/** Shows each event on one line as soon as it came to an end: posted, held, dropped or failed. */
export function createEventReports({ journal, settings, show, onError }: ReportParts): (event: EventSummary) => void {
  const shown = new Map<string, string>();

  async function report({ id, endpointId }: EventSummary): Promise<void> {
    const found = await journal.events.getWithPosts(id, POSTS_READ);
    if (!found) return;
    const { event, posts } = found;
    const endpoint = settings.current.endpoints.find((known) => known.id === endpointId)?.name ?? 'deleted';
    show(toReportLine({ ...event, endpoint, title: event.about?.title, posts: posts.toReversed() }));
  }

  return (event) => {
    const { id, state } = event;
    if (shown.get(id) === state) return;
    shown.delete(id);
    shown.set(id, state);
    if (shown.size > REMEMBERED) shown.delete(shown.keys().next().value ?? '');
    if (state !== 'received' && state !== 'queued') report(event).catch(onError);
  };
}
