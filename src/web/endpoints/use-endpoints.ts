import type { Live } from '../api/live.ts';
import { loadEndpoints } from '../api/load-endpoints.ts';
import { request } from '../api/request.ts';
import type { Activity, Endpoint } from '../api/shapes.ts';
import { useNews } from '../api/use-news.ts';
import { type Resource, useResource } from '../kit/use-resource.ts';

export interface ActiveEndpoint extends Endpoint {
  readonly activity: Activity | undefined;
}

/** Every endpoint with what goes on there, kept up to date while it is shown. */
export function useEndpoints(live: Live): Resource<readonly ActiveEndpoint[]> {
  const found = useResource('endpoints and activity', loadActive);
  const { reload } = found;
  useNews(live, ['event', 'refusal', 'pending'], reload);
  return found;
}

async function loadActive(signal: AbortSignal): Promise<readonly ActiveEndpoint[]> {
  const [endpoints, activity] = await Promise.all([
    loadEndpoints(signal),
    request<{ readonly endpoints: readonly Activity[] }>('/activity', { signal }),
  ]);
  const byName = new Map(activity.endpoints.map((each) => [each.endpoint, each]));
  return endpoints.map((endpoint) => ({ ...endpoint, activity: byName.get(endpoint.name) }));
}
