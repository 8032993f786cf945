import { request } from '../api/request.ts';
import type { EventSummary } from '../api/shapes.ts';
import { useResource } from '../kit/use-resource.ts';
import { type EventFilter, toHash } from '../route.ts';

/** Events of a subject among which the next one is looked for. */
const LOOKED_AT = '200';

export interface SubjectStepsProps {
  readonly event: EventSummary;
  readonly subject: string;
  readonly filter: EventFilter;
}

/** The events of the same subject before and after an event. */
export function SubjectSteps({ event: { id, endpoint }, subject, filter }: SubjectStepsProps) {
  const { content } = useResource(`subject of ${id}`, async (signal) => {
    const list = async (part: Readonly<Record<string, string>>) => {
      const query = { endpoint, subject, ...part };
      return (await request<{ readonly events: readonly EventSummary[] }>('/events', { query, signal })).events;
    };
    const [newest, [before]] = await Promise.all([list({ limit: LOOKED_AT }), list({ before: id, limit: '1' })]);
    const after = newest.filter((event) => Number(event.id) > Number(id));
    // Where it is older than all of those, the next one is not among them.
    const isFar = after.length === Number(LOOKED_AT);
    return { before, after: isFar ? undefined : after.at(-1), newest: isFar ? newest[0] : undefined };
  });
  const { before: older, after: newer, newest } = content ?? {};
  if (!older && !newer && !newest) return null;
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
      {newest && link(newest, 'Newest of this subject ⇥')}
    </nav>
  );
}
