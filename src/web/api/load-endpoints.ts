import { request } from './request.ts';
import type { Endpoint } from './shapes.ts';

/** All endpoints, by name. */
export async function loadEndpoints(signal: AbortSignal): Promise<readonly Endpoint[]> {
  const found: Endpoint[] = [];
  for (let after: string | undefined; ; ) {
    const { endpoints, next } = await request<{ readonly endpoints: readonly Endpoint[]; readonly next?: string }>(
      '/endpoints',
      { query: { after }, signal },
    );
    found.push(...endpoints);
    if (next === undefined) return found;
    after = next;
  }
}
