import { request } from '../api/request.ts';
import type { EventSummary } from '../api/shapes.ts';
import { useResource } from '../kit/use-resource.ts';
import { type EventFilter, toHash } from '../route.ts';

/** Events of a subject among which the neighbours are looked for. */
const LOOKED_AT = '200';

export interface SubjectStepsProps {
  readonly event: EventSummary;
  readonly subject: string;
  readonly filter: EventFilter;
}

/** The events of the same subject before and after an event. */
export function SubjectSteps({ event: { id, endpoint }, subject, filter }: SubjectStepsProps) {
  const { content = [] } = useResource(`subject of ${id}`, async (signal) => {
    const query = { endpoint, subject, limit: LOOKED_AT };
    return (await request<{ readonly events: readonly EventSummary[] }>('/events', { query, signal })).events;
  });
  const place = content.findIndex((event) => event.id === id);
  const [older, newer] = place === -1 ? [] : [content[place + 1], content[place - 1]];
  if (!older && !newer) return null;
  const link = (other: EventSummary, label: string) => (
    <a href={toHash({ view: 'event', id: other.id, filter })} title={other.about?.title ?? other.type}>
      {label}
    </a>
  );
  return (
    <nav class="tools" aria-label="Events of the same subject">
      {older && link(older, '← Previous of this subject')}
      <span class="hint">{subject}</span>
      {newer && link(newer, 'Next of this subject →')}
    </nav>
  );
}
