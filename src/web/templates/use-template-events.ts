import { useEffect } from 'preact/hooks';
import type { Live } from '../api/live.ts';
import { request } from '../api/request.ts';
import type { EventSummary } from '../api/shapes.ts';
import { useResource } from '../kit/use-resource.ts';
import type { TemplateRoute } from '../route.ts';

const EVENTS = '20';

/** The latest events that a template makes messages of, newest first, kept up to date while they are shown. */
export function useTemplateEvents({ endpoint, type }: Pick<TemplateRoute, 'endpoint' | 'type'>, live: Live) {
  const { content, problem, reload } = useResource(JSON.stringify(['events', endpoint, type]), async (signal) => {
    const query = { endpoint, limit: EVENTS, ...(type !== '*' && { type }) };
    return (await request<{ readonly events: readonly EventSummary[] }>('/events', { query, signal })).events;
  });
  useEffect(
    () =>
      live.listen({
        event: ({ event }) => event.endpoint === endpoint && (type === '*' || event.type === type) && reload(),
        opened: reload,
      }),
    [live, endpoint, type],
  );
  return { events: content, problem, reload };
}
